import { acceptedFor, isPrefixOf, versionOf } from '../files/accepted.ts'
import type { LastChange } from '../files/git-history.ts'
import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'
import * as words from './compare-words.ts'
import type { RecordedMigration } from './record.ts'

export interface CompareOptions {
  readonly outOfOrder: 'error' | 'allow'
  readonly checksums: 'error' | 'warn'
  /** The input accept-checksum: a checksum, or its first 8 or more digits, by version. */
  readonly accepted: ReadonlyMap<string, string>
  /** Folder of the files relative to the checkout, to say where a file is missing. */
  readonly folder: string
  /** Commits by path, for the texts; see {@link Comparison.suspects}. */
  readonly changes?: ReadonlyMap<string, LastChange>
}

/** An edited file whose new checksum the workflow accepts. */
export interface AcceptedEdit {
  readonly file: Migration
  readonly recorded: RecordedMigration
}

export interface Comparison {
  /** Files that the record does not have, in order of version. */
  readonly pending: readonly Migration[]
  readonly applied: readonly RecordedMigration[]
  /** Edits that the record has to take over. */
  readonly accept: readonly AcceptedEdit[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
  /** Paths whose last commit would make the texts better. */
  readonly suspects: readonly string[]
}

/**
 * Compares files (in order of version) with the record by set difference: what is pending does not depend on the newest
 * version, so a file that was merged late is seen. Pure.
 */
export function compare(
  files: readonly Migration[],
  record: readonly RecordedMigration[],
  options: CompareOptions,
): Comparison {
  const recorded = new Map(record.map(row => [row.version, row]))
  const known = new Set(files.map(file => file.version))
  const pending = files.filter(file => !recorded.has(file.version))
  const pairs = files.flatMap(file => {
    const row = recorded.get(file.version)
    return row ? [{ file, recorded: row }] : []
  })
  const differing = pairs.filter(({ file, recorded: row }) => file.checksum !== row.checksum)
  const accept = differing.filter(({ file }) => isAcceptedEdit(file, options))
  const edited = differing.filter(pair => !accept.includes(pair))
  const gone = record.filter(row => !known.has(row.version))
  const newest = record.reduce<RecordedMigration | undefined>(
    (best, row) => (!best || row.version > best.version ? row : best),
    undefined,
  )
  const late = newest ? pending.filter(file => file.version < newest.version) : []
  const changeOf = (path: string) => options.changes?.get(path)
  const editedTexts = edited.map(pair => words.edited(pair.file, pair.recorded, changeOf(pair.file.path)))
  return {
    pending,
    applied: [...record].sort((a, b) => (a.version < b.version ? -1 : 1)),
    accept,
    problems: [
      ...wrongAccepts(files, options.accepted),
      ...(options.checksums === 'error' ? editedTexts : []),
      ...gone.map(row => {
        const path = words.pathOf(options.folder, row)
        const now = pending.find(file => file.checksum === row.checksum)
        return words.missing(row, path, changeOf(path), now)
      }),
      ...(newest && options.outOfOrder === 'error' ? late.map(file => words.late(file, newest)) : []),
    ],
    warnings: [
      ...(options.checksums === 'warn' ? editedTexts : []),
      ...pairs
        .filter(({ file, recorded: row }) => file.checksum === row.checksum && !sameName(file, row))
        .map(({ file, recorded: row }) => words.renamed(file, row)),
    ],
    suspects: [...edited.map(({ file }) => file.path), ...gone.map(row => words.pathOf(options.folder, row))],
  }
}

function isAcceptedEdit({ version, checksum }: Migration, { accepted }: CompareOptions): boolean {
  const value = acceptedFor(accepted, version)
  return value !== undefined && isPrefixOf(value, checksum)
}

/** macOS gives accented letters back in another Unicode form than they were written in. */
function sameName(file: Migration, row: RecordedMigration): boolean {
  return file.name.normalize() === row.name.normalize()
}

/** An accept-checksum that is not the checksum of its file is a mistake, whatever the database says. */
export function wrongAccepts(files: readonly Migration[], accepted: ReadonlyMap<string, string>): Problem[] {
  return [...accepted].flatMap(([label, value]) => {
    const file = files.find(({ version }) => version === versionOf(label))
    if (!file) return [{ message: `accept-checksum: ${label} is the version of no file.` }]
    return isPrefixOf(value, file.checksum) ? [] : [words.wrongAccept(file, label, value)]
  })
}
