import { UserError } from '@tokenledger/kit'
import { normalized } from './spelling.ts'

/** Paths of a report that start with `from` are paths of the repository that start with `to`. */
export type PathMapping = readonly [from: string, to: string]

/**
 * Reads `path-map` lines such as `/build => .` or `C:\src => backend/src`; blank lines do not count. An entry holds for whole
 * folder names: `/build` does not reach `/builder`. Throws a UserError for a line that is no such entry.
 */
export function parsePathMap(lines: readonly string[]): PathMapping[] {
  return lines.filter(line => line.trim() !== '').map(parseLine)
}

function parseLine(line: string): PathMapping {
  const [from = '', to = '', ...rest] = line.split('=>').map(part => part.trim())
  if (from === '' || to === '' || rest.length > 0) {
    throw new UserError(
      `path-map line "${line.trim()}" is not of the form "from => to". Write for example "/build => .".`,
    )
  }
  const target = normalized(to)
  if (target.startsWith('/') || target.startsWith('../') || target === '..' || /^[a-z]:/.test(target)) {
    throw new UserError(
      `path-map line "${line.trim()}" leads out of the repository. What follows "=>" is relative to its root; write "." for the root.`,
    )
  }
  return [normalized(from), target]
}

/** The path of the repository that an entry makes of a normalized path; undefined where it does not apply. */
export function mapped(path: string, [from, to]: PathMapping): string | undefined {
  if (path === from) return to
  const isRelative = !path.startsWith('/') && !/^[a-z]:/.test(path)
  if (from === '') return isRelative ? below(to, path) : undefined
  const prefix = from.endsWith('/') ? from : `${from}/`
  return path.startsWith(prefix) ? below(to, path.slice(prefix.length)) : undefined
}

function below(folder: string, rest: string): string {
  return normalized(`${folder}/${rest}`)
}
