import { type Git, gitAt } from '@tokenledger/kit'

/** Runs git on a checkout for reading; undefined when git is missing, refuses, or finds nothing. */
export type ReadGit = Git['read']

const SETTINGS = ['core.quotePath=false', 'diff.renameLimit=5000']

/** git in the checkout at `root`, for reading; callers keep its programs off with `--no-ext-diff --no-textconv`. */
export function readGitAt(root: string): ReadGit {
  return gitAt(root, undefined, SETTINGS).read
}

/** The items of output that was asked for with `-z`. */
export function items(output: string | undefined): string[] {
  return (output ?? '').split('\0').filter(item => item !== '')
}
