import { gitAt, lastLines, UserError } from '@tokenledger/kit'

/**
 * The files that git tracks in the checkout at `workspace`, by path from there. Throws a UserError where there is no
 * checkout or no git.
 */
export async function trackedFiles(workspace: string): Promise<ReadonlySet<string>> {
  const { exitCode, stdout, stderr } = await gitAt(workspace).run('ls-files', '-z')
  if (exitCode === 0) return new Set(stdout.split('\0').filter(path => path !== ''))
  throw new UserError(
    `The files of the repository cannot be listed in ${workspace}: ${lastLines(stderr, 1)}. Run actions/checkout before this step.`,
  )
}
