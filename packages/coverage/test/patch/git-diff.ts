import type { GitRepo } from '@tokenledger/testkit'

const FORM = ['-M', '--no-color', '--src-prefix=a/', '--dst-prefix=b/']

/** What git prints for the last commit of a repository; `before` are settings for git itself. */
export function diffOf({ git }: GitRepo, ...before: readonly string[]): string {
  return git(...before, 'diff', '-U0', ...FORM, 'HEAD^', 'HEAD')
}

/** The same with so many lines of context, as GitHub's API has it with 3. */
export function diffWithContext({ git }: GitRepo, lines: number): string {
  return git('diff', `-U${lines}`, ...FORM, 'HEAD^', 'HEAD')
}
