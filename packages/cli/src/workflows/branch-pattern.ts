import { filterPattern } from './glob.ts'

/** Whether a branch fits a list of GitHub's patterns, of which the last that fits decides and `!` takes out again. */
export function branchFits(branch: string, patterns: readonly string[]): boolean {
  return patterns.reduce((fits, pattern) => {
    const isTakenOut = pattern.startsWith('!')
    return filterPattern(isTakenOut ? pattern.slice(1) : pattern)(branch) ? !isTakenOut : fits
  }, false)
}
