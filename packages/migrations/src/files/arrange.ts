import type { Problem } from '../problem.ts'
import { type FolderEntry, inFolder, shown } from './migration-folder.ts'
import { type MeaningOfName, meaningOf, printable } from './migration-names.ts'

export interface NumberedFile {
  readonly version: bigint
  readonly label: string
  readonly name: string
  /** Relative to the checkout. */
  readonly path: string
}

export interface Arranged {
  /** In order of version. */
  readonly files: readonly NumberedFile[]
  /** Names of SQL files that are not run, with the reason. */
  readonly leftOut: readonly string[]
  readonly problems: readonly Problem[]
}

const MOST_NAMES = 10

/** Sorts what a folder holds into files to run, files to leave out, and problems. Pure. */
export function arrange(folder: string, entries: readonly FolderEntry[]): Arranged {
  const all = entries
    .map(entry => ({ entry, meaning: meaningOf(entry.name) }))
    .sort((a, b) => (a.entry.name < b.entry.name ? -1 : 1))
  const names = new Set(entries.map(entry => entry.name))
  const files = all
    .flatMap(({ entry, meaning }) =>
      meaning.kind === 'migration' && entry.kind === 'file'
        ? [{ ...meaning, path: inFolder(folder, entry.name) }]
        : [],
    )
    .sort((a, b) => (a.version < b.version ? -1 : a.version > b.version ? 1 : 0))
    .map(({ version, label, name, path }) => ({ version, label, name, path }))
  const wrong = all.flatMap(({ entry, meaning }) => wrongEntry(folder, entry, meaning, names))
  const problems = [...duplicates(files), ...wrong]
  return {
    files,
    problems: files.length === 0 ? [noFiles(folder, entries)] : problems,
    leftOut: all.flatMap(({ entry, meaning }) => leftOut(entry, meaning)),
  }
}

function leftOut(entry: FolderEntry, { kind }: MeaningOfName): string[] {
  if (entry.kind !== 'file') return []
  if (kind === 'undo') return [`${printable(entry.name)} (a way back)`]
  return kind === 'unnumbered' ? [`${printable(entry.name)} (no number)`] : []
}

function wrongEntry(
  folder: string,
  { name, kind }: FolderEntry,
  meaning: MeaningOfName,
  names: ReadonlySet<string>,
): Problem[] {
  if (meaning.kind === 'migration' && kind === 'file') return []
  const path = inFolder(folder, printable(name))
  const problem = (why: string) => [{ path, message: `is not run: ${why}. Nothing was run.` }]
  if (kind === 'folder') {
    return /^[Vv]?\d+[_-]/.test(name)
      ? problem(`it is a folder, and only files in ${shown(folder)} itself are`)
      : []
  }
  if (meaning.kind === 'migration') {
    return problem('it is no regular file, or a link that leads nowhere or out of the checkout')
  }
  if (meaning.kind === 'undo' && !meaning.forward.some(forward => names.has(forward))) {
    return problem(`it is a way back, and there is no ${meaning.forward[0]} to go forward`)
  }
  if (meaning.kind !== 'near-miss') return []
  return problem(
    `${meaning.why}${meaning.better ? `; rename it to ${printable(meaning.better)}, for example` : ''}`,
  )
}

function duplicates(files: readonly NumberedFile[]): Problem[] {
  return [...Map.groupBy(files, file => file.version).values()].flatMap(same => {
    const [first] = same
    if (!first || same.length === 1) return []
    const label = same.every(file => file.label === first.label) ? first.label : String(first.version)
    const paths = same.map(file => file.path)
    const many = same.length === 2 ? 'twice' : `${same.length} times`
    const inCase = new Set(paths.map(path => path.toLowerCase())).size === 1
    return [
      {
        message: `Version ${label} is used ${many}: ${paths.slice(0, -1).join(', ')} and ${paths.at(-1)}.${
          inCase ? ' Their names differ in case alone.' : ''
        } ${same.length === 2 ? 'Renumber one' : 'Renumber all but one'}. Nothing was run.`,
      },
    ]
  })
}

function noFiles(folder: string, entries: readonly FolderEntry[]): Problem {
  const sql = entries
    .filter(({ name, kind }) => kind === 'file' && /\.sql$/i.test(name))
    .map(({ name }) => printable(name))
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ name }) => `${printable(name)}/`)
  const found =
    sql.length > 0
      ? `found ${sql.length} .sql file${sql.length === 1 ? ' that does' : 's that do'} not: ${few(sql)}`
      : `it holds no .sql files${folders.length > 0 ? ` itself (its folders are not entered: ${few(folders)})` : ''}`
  return { message: `No migration files in ${shown(folder)} match NNN_name.sql; ${found}. Nothing was run.` }
}

function few(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES
  return `${names.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
