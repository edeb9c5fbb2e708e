import { UserError } from '@tokenledger/kit'
import type { GitHub } from '../services/github.ts'
import { tryGit } from './git.ts'
import type { TestedCommit } from './pull-request.ts'

/** Jobs get their files from GitHub's repository: a UserError when the commit to run is not there. */
export async function requireServed(
  { repository }: Pick<GitHub, 'repository'>,
  { sha }: Pick<TestedCommit, 'sha'>,
  checkout: string,
): Promise<void> {
  if (await tryGit(repository, 'for-each-ref', '--count=1', '--contains', sha)) return
  throw new UserError(
    `The commit ${sha} of ${checkout} is not in ${repository}. Commit everything there and push it first.`,
  )
}
