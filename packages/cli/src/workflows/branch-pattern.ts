/**
 * Whether a branch fits a list of GitHub's patterns, of which the last that fits decides and `!` takes out again
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet).
 */
export function branchFits(branch: string, patterns: readonly string[]): boolean {
  return patterns.reduce((fits, pattern) => {
    const isTakenOut = pattern.startsWith('!')
    return expression(isTakenOut ? pattern.slice(1) : pattern).test(branch) ? !isTakenOut : fits
  }, false)
}

/** `?`, `+` and `[]` mean what they do in a regular expression. */
function expression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.^$(){}|\\]/g, '\\$&')
    .replace(/\*+/g, stars => (stars.length > 1 ? '.*' : '[^/]*'))
  return new RegExp(`^${source}$`)
}
