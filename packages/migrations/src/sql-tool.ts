import { UserError } from '@tokenledger/kit'
import type { Session } from './database/session.ts'
import { versionOf } from './files/accepted.ts'
import { lastChanges } from './files/git-history.ts'
import type { Migration } from './files/migration.ts'
import { folderPath, shown } from './files/migration-folder.ts'
import { type MigrationsRead, readFolder } from './files/read-migrations.ts'
import { MigrationError, textOf } from './problem.ts'
import { recordBaseline } from './record/baseline.ts'
import { type Comparison, compare, wrongAccepts } from './record/compare.ts'
import { labelOf, short } from './record/compare-words.ts'
import { readRecord } from './record/stored-record.ts'
import { acceptSql, trackingTable } from './record/tracking-table.ts'
import { findRecord } from './record/unrecorded.ts'
import { applyMigrations } from './run/apply.ts'
import { withRunLock } from './run/run-lock.ts'
import type { ApplyOptions, MigrationTool, ProjectPlace, ToolState } from './tool.ts'

export interface SqlToolOptions {
  /** Folder of the files, relative to the working directory. */
  readonly directory: string
  /** `schema.table` of the record. */
  readonly table: string
  readonly outOfOrder: 'error' | 'allow'
  readonly checksums: 'error' | 'warn'
  /** A checksum, or its first 8 or more digits, by version. */
  readonly accepted: ReadonlyMap<string, string>
  readonly say: (line: string) => void
}

/** Numbered SQL files as they stand, run by our own runner. The files are read once; the record as often as it counts. */
export function sqlTool(place: ProjectPlace, options: SqlToolOptions): MigrationTool {
  const table = trackingTable(options.table)
  let reading: Promise<MigrationsRead> | undefined
  const read = () => (reading ??= readFolder(place, options.directory))
  const migrations = async () => (await read()).migrations

  const checked = async (session: Session): Promise<Comparison & { readonly refusal?: string }> => {
    const files = await migrations()
    const { record, ...refusal } = await findRecord(session.main, table, files)
    const compareOptions = { ...options, folder: folderPath(place, options.directory) }
    const found = compare(files, record, compareOptions)
    if (found.suspects.length === 0 && found.problems.length === 0) return { ...found, ...refusal }
    const changes = await lastChanges(place, found.suspects)
    const explained = compare(files, record, { ...compareOptions, changes })
    if (explained.problems.length > 0) throw new MigrationError(explained.problems)
    return { ...explained, ...refusal }
  }

  const takeOver = async (session: Session, applyOptions: ApplyOptions): Promise<void> => {
    await withRunLock(session, table, applyOptions, async () => {
      for (const { file, recorded } of (await checked(session)).accept) {
        await session.main.query(acceptSql(table, file.version, recorded.checksum, file.checksum))
        options.say(
          `${file.path}: the record has the checksum ${short(file.checksum)} now, as accept-checksum asks (it had ${short(recorded.checksum)}).`,
        )
      }
    })
  }

  return {
    kind: 'sql',

    async preflight() {
      const { migrations: files, leftOut } = await read()
      const wrong = wrongAccepts(files, options.accepted)
      if (wrong.length > 0) throw new MigrationError(wrong)
      const folder = shown(folderPath(place, options.directory))
      if (leftOut.length > 0) options.say(`Not run in ${folder}: ${leftOut.join(', ')}.`)
    },

    async state(session) {
      const comparison = await checked(session)
      for (const warning of comparison.warnings) options.say(`Warning: ${textOf(warning)}`)
      return stateOf(comparison, comparison.refusal)
    },

    async apply(session, applyOptions) {
      const last = lastVersion(await migrations(), applyOptions.to)
      const isWanted = ({ version }: Migration) => last === undefined || version <= last
      const { pending, accept, refusal } = await checked(session)
      if (refusal) throw new MigrationError([{ message: refusal }])
      if (accept.length > 0) await takeOver(session, applyOptions)
      const wanted = pending.filter(isWanted)
      if (wanted.length === 0) return
      await applyMigrations(session, wanted, table, applyOptions)
      const [missed] = (await checked(session)).pending.filter(isWanted)
      if (missed) throw new Error(`${missed.path} is not recorded after it was applied`)
    },

    async baseline(session, version, applyOptions) {
      const files = upTo(await migrations(), version)
      return withRunLock(session, table, applyOptions, async () => {
        const record = (await readRecord(session.main, table)) ?? []
        return recordBaseline(session.main, table, files, record, applyOptions)
      })
    },

    // What is accepted is about the files here; another checkout may not have them.
    at: root => sqlTool({ ...place, root }, { ...options, accepted: new Map() }),
  }
}

function stateOf({ applied, pending }: Comparison, unrecorded?: string): ToolState {
  const newest = applied.at(-1)
  return {
    current: newest ? labelOf(newest) : '',
    applied: applied.map(row => ({ version: labelOf(row), name: row.name, appliedAt: row.appliedAt })),
    pending: pending.map(({ label, name, path }) => ({ version: label, name, path })),
    knowsPending: true,
    ...(unrecorded ? { unrecorded } : {}),
  }
}

/** The version that `to` names; a UserError that lists the versions when it names no file. */
function lastVersion(files: readonly Migration[], to: string | undefined): bigint | undefined {
  if (!to) return undefined
  const file = files.find(({ version, name }) => version === versionOf(to) || name === to)
  if (!file) throw new UserError(`Input to is "${to}", and no file has that version. ${versionsIn(files)}`)
  return file.version
}

/** The files of a baseline; version 0, where no file has it, stands for none of them. */
function upTo(files: readonly Migration[], label: string): Migration[] {
  const version = versionOf(label)
  if (version === undefined || (version !== 0n && !files.some(file => file.version === version))) {
    throw new UserError(
      `Input baseline-version is "${label}", and no file has that version. ${versionsIn(files)}`,
    )
  }
  return files.filter(file => file.version <= version)
}

const MOST_VERSIONS = 20

function versionsIn(files: readonly Migration[]): string {
  const labels = files.slice(-MOST_VERSIONS).map(({ label }) => label)
  const more = files.length > MOST_VERSIONS ? `The last ${MOST_VERSIONS} versions are` : 'Versions'
  return `${more}: ${labels.join(', ')}.`
}
