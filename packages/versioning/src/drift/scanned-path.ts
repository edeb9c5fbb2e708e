/** Written by tools from other files; what they say of versions is theirs. */
const LOCK =
  /(?:^|\/)(?:[^/]+\.lock|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|bun\.lockb|go\.sum|requirements[^/]*\.txt)$/i
/** Old versions are what these are about. */
const HISTORY =
  /(?:^|\/)(?:(?:change[-_]?log|changes|history|news|release[-_ ]?notes|what'?s[-_]?new)(?:\.(?:md|markdown|rst|txt|adoc))?$|(?:changelog\.d|newsfragments|changelogs?|releases|release[-_]notes|\.changes?set?s?)\/)/i
const BUILT = /(?:^|\/)(?:node_modules|vendor|third_party|dist|build)\/|\.(?:min\.(?:js|css)|map|svg)$/i

/** Whether a tracked file may carry the project's version by hand: no lock file, no changelog, nothing that is built. */
export function isScanned(path: string): boolean {
  return !LOCK.test(path) && !HISTORY.test(path) && !BUILT.test(path)
}
