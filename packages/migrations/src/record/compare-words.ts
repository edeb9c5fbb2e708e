import { inWords, type LastChange } from '../files/git-history.ts'
import type { Migration } from '../files/migration.ts'
import { inFolder } from '../files/migration-folder.ts'
import { printable } from '../files/migration-names.ts'
import type { Problem } from '../problem.ts'
import type { RecordedMigration } from './record.ts'

export function edited(file: Migration, row: RecordedMigration, change: LastChange | undefined): Problem {
  const { path, label } = file
  const when = inWords(change, 'last changed')
  const sums = `(recorded ${short(row.checksum)}, file ${short(file.checksum)}${when ? `; ${when}` : ''})`
  if (file.name.normalize() !== row.name.normalize()) {
    const message = `has the version of ${printable(row.name)}, which was applied on ${dateOf(row)} with other content ${sums}. Give it a version of its own, and restore ${printable(row.name)}.sql.`
    return { path, message }
  }
  const message = `was changed after it was applied on ${dateOf(row)} ${sums}. Restore it and add a new file, or pass accept-checksum: ${label}=${short(file.checksum)}.`
  return { path, message }
}

export function missing(
  row: RecordedMigration,
  path: string,
  change: LastChange | undefined,
  renumbered: Migration | undefined,
): Problem {
  const when = inWords(change, 'deleted')
  const why = [when, renumbered ? `${renumbered.path} has the same content` : ''].filter(Boolean).join('; ')
  const remedy = renumbered ? ' Number it back.' : ''
  return {
    message: `${printable(row.name)} is recorded as applied but ${printable(path)} is gone${why ? ` (${why})` : ''}.${remedy}`,
  }
}

export function late({ path }: Migration, newest: RecordedMigration): Problem {
  return {
    path,
    message: `is not applied but ${printable(newest.name)}.sql is. Renumber it after ${labelOf(newest)}, or set out-of-order: allow.`,
  }
}

export function renamed({ path, name }: Migration, row: RecordedMigration): Problem {
  return {
    path,
    message: `was applied under the name ${printable(row.name)} with the same content; the record keeps that name, and ${name} is not run again.`,
  }
}

export function wrongAccept(file: Migration, label: string, value: string): Problem {
  return {
    path: file.path,
    message: `has the checksum ${short(file.checksum)}, and accept-checksum: ${label}=${printable(value)} is not that checksum or its first 8 or more digits.`,
  }
}

/** Where the file of a row lay; rows hold names without folder and ending. */
export function pathOf(folder: string, { name }: RecordedMigration): string {
  return inFolder(folder, `${name}.sql`)
}

/** The version as the file of a row spells it: `002`. */
export function labelOf({ name, version }: RecordedMigration): string {
  const [, label] = /^[Vv]?(\d+)/.exec(name) ?? []
  return label !== undefined && BigInt(label) === version ? label : String(version)
}

/** `36d18539…` */
export function short(checksum: string): string {
  return `${checksum.slice(0, 8)}…`
}

/** The day in UTC, the same whatever the zone of the runner and of the server. */
function dateOf({ appliedAt }: RecordedMigration): string {
  return appliedAt.toISOString().slice(0, 10)
}
