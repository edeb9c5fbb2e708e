import { posix } from 'node:path'

/**
 * Whether one of the `exclude` globs takes a path of the repository: `tests/**`, `src/gen_*.py`, or a folder alone, such as
 * `tests`, with all below it. As everywhere, `*` does not start a name with a dot.
 */
export function excludes(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs
    .map(glob => glob.replace(/^\.\//, '').replace(/\/+$/, ''))
    .filter(glob => glob !== '')
  return path => {
    return patterns.some(glob => {
      return (
        posix.matchesGlob(path, glob) || path.startsWith(`${glob}/`) || posix.matchesGlob(path, `${glob}/**`)
      )
    })
  }
}
