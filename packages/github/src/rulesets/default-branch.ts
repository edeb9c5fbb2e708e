import { UserError } from '@tokenledger/kit'
import type { GitHubClient } from '../client.ts'
import { read } from './administration.ts'

/** Name of the default branch. Throws UserErrors `…_NOT_FOUND`, `…_FORBIDDEN` and `…_NO_ANSWER`. */
export async function defaultBranch(client: GitHubClient, repository: string): Promise<string> {
  const { status, body } = await read(client, `/repos/${repository}`, [200, 404])
  if (status === 200) return (body as { default_branch: string }).default_branch
  throw new UserError(
    `${client.errorPrefix}_NOT_FOUND: GitHub shows this token no repository ${repository}; check the name, and that the token is for it`,
  )
}
