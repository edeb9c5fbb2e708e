import { resolve } from 'node:path'
import { DURATION_FORMS, Mistakes, parseDuration, inputs as read, UserError } from '@tokenledger/kit'
import { DEFAULT_TABLE, parseChecks, trackingTable } from '@tokenledger/migrations'

const TOOLS = ['auto', 'sql', 'alembic', 'command'] as const
const MODES = ['apply', 'plan', 'verify', 'status', 'baseline'] as const
const LINTS = ['builtin', 'squawk', 'off'] as const
const DRIFTS = ['error', 'warn', 'off'] as const

export type Mode = (typeof MODES)[number]
export type ToolInput = (typeof TOOLS)[number]

/** What to migrate with; empty texts mean "find out". Paths are relative to the working directory, as written. */
export interface ToolInputs {
  readonly tool: ToolInput
  readonly path: string
  readonly command: string
  readonly alembicConfig: string
  readonly alembicDirectory: string
}

/** What guards the record against the files. */
export interface RecordInputs {
  readonly outOfOrder: 'error' | 'allow'
  readonly checksums: 'error' | 'warn'
  /** Version as written → the first digits of the SHA-256 to accept, in lower case. */
  readonly acceptChecksum: ReadonlyMap<string, string>
  readonly trackingTable: string
}

export interface TimeInputs {
  readonly waitMs: number
  readonly lockWaitMs: number
  readonly lockTimeoutMs: number
  readonly lockRetries: number
  /** Absent for the default, which depends on where the database is. */
  readonly statementTimeoutMs?: number
}

export interface DatabaseInputs {
  /** As written; empty for the environment. A secret. */
  readonly url: string
  readonly allowRemote: boolean
  readonly expectDatabase: string
  readonly sslRootCert: string
}

export interface MigrationInputs {
  readonly mode: Mode
  readonly tools: ToolInputs
  readonly record: RecordInputs
  readonly times: TimeInputs
  readonly database: DatabaseInputs
  readonly to: string
  readonly transaction: 'file' | 'all'
  readonly baselineVersion: string
  /** As written; empty for the default of the event. */
  readonly checks: string
  readonly schema: { readonly file: string; readonly drift: (typeof DRIFTS)[number] }
  readonly baseRef: string
  readonly lint: (typeof LINTS)[number]
  readonly summary: boolean
  /** Absolute. */
  readonly workingDirectory: string
}

/** Reads and checks all inputs; the only place that does. Throws one UserError that holds every mistake, one a line. */
export function readInputs(workspace: string): MigrationInputs {
  const mistakes = new Mistakes()
  const oneOf = <const T extends string>(name: string, allowed: readonly T[], fallback: T): T =>
    mistakes.collect(() => read.oneOf(name, allowed, fallback), fallback)
  const flag = (name: string, fallback: boolean) =>
    mistakes.collect(() => read.flag(name, fallback), fallback)
  const result: MigrationInputs = {
    summary: flag('summary', true),
    mode: oneOf('mode', MODES, 'apply'),
    tools: {
      tool: oneOf('tool', TOOLS, 'auto'),
      path: read.optional('path', 'migrations'),
      command: read.optional('command'),
      alembicConfig: read.optional('alembic-config'),
      alembicDirectory: read.optional('alembic-directory'),
    },
    record: {
      outOfOrder: oneOf('out-of-order', ['error', 'allow'], 'error'),
      checksums: oneOf('checksums', ['error', 'warn'], 'error'),
      acceptChecksum: mistakes.collect(acceptedChecksums, new Map()),
      trackingTable: mistakes.collect(trackingTableName, ''),
    },
    times: readTimes(mistakes),
    database: {
      url: read.optional('database-url'),
      allowRemote: flag('allow-remote', false),
      expectDatabase: read.optional('expect-database'),
      sslRootCert: read.optional('ssl-root-cert'),
    },
    to: read.optional('to'),
    transaction: oneOf('transaction', ['file', 'all'], 'file'),
    baselineVersion: read.optional('baseline-version'),
    checks: mistakes.collect(checks, ''),
    schema: { file: read.optional('schema-file'), drift: oneOf('schema-drift', DRIFTS, 'error') },
    baseRef: read.optional('base-ref'),
    lint: oneOf('lint', LINTS, 'builtin'),
    workingDirectory: resolve(workspace, read.optional('working-directory', '.')),
  }
  mistakes.add(contradictions(result))
  mistakes.throwIfAny()
  return result
}

function readTimes(mistakes: Mistakes): TimeInputs {
  const duration = (name: string, fallback: string) => mistakes.collect(() => durationOf(name, fallback), 0)
  const statement = duration('statement-timeout', '0')
  return {
    waitMs: duration('wait-timeout', '60s'),
    lockWaitMs: duration('lock-wait', '60s'),
    lockTimeoutMs: duration('lock-timeout', '5s'),
    lockRetries: mistakes.collect(() => read.wholeNumber('lock-retries', 5), 5),
    ...(read.optional('statement-timeout') ? { statementTimeoutMs: statement } : {}),
  }
}

function durationOf(name: string, fallback: string): number {
  const text = read.optional(name, fallback)
  const ms = parseDuration(text)
  if (ms === undefined) {
    throw new UserError(
      `Input ${name} is "${text}"; give a duration with its unit, at most 24 days: ${DURATION_FORMS}.`,
    )
  }
  return ms
}

function acceptedChecksums(): Map<string, string> {
  return new Map(
    read.list('accept-checksum').map(entry => {
      const [, version, checksum] = /^(\d+)[=:]([0-9a-f]{8,64})…?$/i.exec(entry) ?? []
      if (version === undefined || checksum === undefined) {
        throw new UserError(
          `Input accept-checksum has "${entry}"; give version=sha256 with at least eight hexadecimal digits, such as 001=9eb63c83.`,
        )
      }
      return [version, checksum.toLowerCase()]
    }),
  )
}

function trackingTableName(): string {
  const name = read.optional('tracking-table', DEFAULT_TABLE)
  trackingTable(name)
  return name
}

function checks(): string {
  const names = read.optional('checks')
  parseChecks(names, [])
  return names
}

/** Inputs that are good by themselves and make no sense together. */
function contradictions({ mode, baselineVersion, to, database, tools }: MigrationInputs): string[] {
  return [
    ...(mode === 'baseline' && !baselineVersion
      ? [
          'Mode baseline needs baseline-version: the newest version that the database already has, such as 002.',
        ]
      : []),
    ...(mode !== 'baseline' && baselineVersion
      ? [
          `Input baseline-version is for mode baseline, and mode is "${mode}". Set mode: baseline once, or remove it.`,
        ]
      : []),
    ...(to && mode === 'baseline'
      ? ['Input to is not for mode baseline; baseline-version says how far.']
      : []),
    ...(database.allowRemote && !database.expectDatabase
      ? ['Input allow-remote is true, so expect-database is needed: the name that the database must have.']
      : []),
    ...(tools.command && tools.tool !== 'auto' && tools.tool !== 'command'
      ? [`Input command is for tool command, and tool is "${tools.tool}". Remove one of the two.`]
      : []),
  ]
}
