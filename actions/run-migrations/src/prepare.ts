import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setSecret, warning } from '@tokenledger/kit'
import {
  type MigrationTool,
  type ProjectPlace,
  parseTarget,
  placeOf,
  redactor,
  requireAllowed,
  secretsOf,
  type Target,
} from '@tokenledger/migrations'
import { sayLine } from './annotations.ts'
import type { Findings } from './findings.ts'
import type { DatabaseInputs, MigrationInputs } from './inputs.ts'
import { eventPayload, placeIn } from './runner.ts'
import { toolsOf } from './tools.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What is known before anything is connected. */
export interface Prepared {
  readonly inputs: MigrationInputs
  readonly env: Environment
  readonly place: ProjectPlace
  readonly target: Target
  readonly where: 'local' | 'remote'
  readonly tool: MigrationTool
  /** Alembic, beside numbered SQL files. */
  readonly otherTool?: MigrationTool
}

/** Finds the database, hides its password, asks whether it may be touched, and decides what migrates it. */
export async function prepare(
  inputs: MigrationInputs,
  workspace: string,
  env: Environment,
  findings: Findings,
): Promise<Prepared> {
  const entries = await readdir(inputs.workingDirectory).catch(() => [])
  const place = placeIn(workspace, inputs.workingDirectory, entries)
  const { target, rawUrl } = findTarget(inputs, env)
  findings.place = placeOf(target)
  const where = await guard(target, inputs.database, env)
  findings.remote = where === 'remote'
  const redact = redactor(target, rawUrl, env.GITHUB_REPOSITORY)
  const { choice, tool, other } = await toolsOf(inputs, { place, env, redact })
  findings.tool = choice.kind
  findings.reason = choice.reason
  sayLine(`${choice.kind}: ${choice.reason}; ${where} database ${placeOf(target)}.`)
  return { inputs, env, place, target, where, tool, ...(other ? { otherTool: other } : {}) }
}

/** Masks come before the first line of the log that could hold a secret. */
function findTarget({ database, workingDirectory }: MigrationInputs, env: Environment) {
  const rawUrl = database.url || env.DATABASE_URL
  const target = parseTarget({
    env,
    ...(database.url ? { url: database.url } : {}),
    ...(database.sslRootCert ? { sslRootCert: certificateIn(workingDirectory, database.sslRootCert) } : {}),
  })
  const secrets = secretsOf(target, rawUrl, env.GITHUB_REPOSITORY)
  for (const spelling of secrets.masked) setSecret(spelling)
  for (const text of [secrets.warning, ...(target.warnings ?? [])]) if (text) warning(text)
  return { target, rawUrl }
}

/** `system` is libpq's word for the certificates that the system trusts, and no file. */
function certificateIn(workingDirectory: string, given: string): string {
  return given === 'system' ? given : resolve(workingDirectory, given)
}

function guard(target: Target, { allowRemote, expectDatabase }: DatabaseInputs, env: Environment) {
  return requireAllowed(target, {
    allowRemote,
    expectDatabase,
    eventName: env.GITHUB_EVENT_NAME ?? '',
    eventPayload: eventPayload(env),
  })
}
