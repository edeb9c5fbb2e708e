import { randomBytes } from 'node:crypto'
import { messageOf } from '@tokenledger/kit'
import type { Session } from '../database/session.ts'
import { CannotRun } from './cannot-run.ts'
import type { CheckContext } from './check.ts'
import { copySettings, createStatement, readTemplate } from './scratch-template.ts'

const PREFIX = 'tokenledger_scratch_'
const LEFT_BEHIND_AFTER_MS = 60 * 60 * 1000

/**
 * Creates an empty database beside the session's, with its encoding, locale and settings, hands a session on it to `work`,
 * and drops it again whatever happens. Scratch databases that a killed run left behind more than 1 h ago are dropped
 * first. Throws CannotRun where none can be made.
 */
export async function withScratchDatabase<T>(
  context: CheckContext,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { session, open, options } = context
  if (session.pooled) {
    throw new CannotRun('the URL goes through a pooler, behind which no scratch database can be reached')
  }
  options.signal.throwIfAborted()
  await dropLeftovers(context)
  const name = await createDatabase(session, context.env.GITHUB_RUN_ID ?? '')
  try {
    const scratch = await open({ ...session.target, database: name })
    try {
      return await work(scratch)
    } finally {
      await scratch.close()
    }
  } finally {
    await dropDatabase(context, name)
  }
}

/** Nothing but our own names, as what matches is dropped when its time is long past. */
const NAME = new RegExp(`^${PREFIX}([0-9a-z]{8})_(?:\\d+|local)_[0-9a-f]{8}$`)

/** The name tells when it was made, so that a later run knows what nobody uses any more. */
function scratchName(runId: string): string {
  const run = runId.replaceAll(/\D/g, '').slice(0, 12) || 'local'
  return `${PREFIX}${Date.now().toString(36)}_${run}_${randomBytes(4).toString('hex')}`
}

async function createDatabase({ side, target }: Session, runId: string): Promise<string> {
  const name = scratchName(runId)
  const template = await readTemplate(side)
  try {
    await side.query(createStatement(name, template))
    await copySettings(side, name)
    return name
  } catch (error) {
    await side.query(`DROP DATABASE IF EXISTS ${name}`).catch(() => undefined)
    const { code } = error as { readonly code?: string }
    if (code === '42501') throw new CannotRun(mayNotCreate(target.user))
    throw new CannotRun(`no scratch database can be created: ${messageOf(error)}`)
  }
}

function mayNotCreate(role: string): string {
  const quoted = /^[a-z_][a-z0-9_$]*$/.test(role) ? role : `"${role.replaceAll('"', '""')}"`
  return `role ${role} may not create a scratch database. Let it, in CI: ALTER ROLE ${quoted} CREATEDB`
}

/** By the side connection, or a new one when that has been cut in the meantime. */
async function dropDatabase({ session, open, options }: CheckContext, name: string): Promise<void> {
  try {
    await drop(session, name)
  } catch {
    try {
      const other = await open(session.target)
      await drop(other, name).finally(() => other.close())
    } catch (error) {
      options.say(`Warning: scratch database ${name} could not be dropped: ${messageOf(error)}`)
    }
  }
}

async function drop({ side, server }: Session, name: string): Promise<void> {
  // The option is of PostgreSQL 13.
  const force = server.versionNumber >= 130_000 ? ' WITH (FORCE)' : ''
  await side.query(`DROP DATABASE IF EXISTS "${name}"${force}`)
}

async function dropLeftovers({ session, options }: CheckContext): Promise<void> {
  const { rows } = await session.side.query<{ datname: string }>(
    `SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname::text, $1)`,
    [PREFIX],
  )
  for (const { datname } of rows) {
    const made = NAME.exec(datname)?.[1]
    if (!made || Date.now() - Number.parseInt(made, 36) < LEFT_BEHIND_AFTER_MS) continue
    await drop(session, datname)
      .then(() => options.say(`Dropped ${datname}, which a killed run had left behind.`))
      .catch(error => options.say(`Warning: ${datname} is left behind: ${messageOf(error)}`))
  }
}
