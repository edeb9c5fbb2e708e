import { join } from 'node:path'
import { type Artifact, type ResultsService, startGitHubApi, startResultsService } from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import type { CheckoutCopy } from '../staging/checkout-copy.ts'
import { git } from '../staging/git.ts'
import type { Event } from '../workflows/workflow.ts'

export interface StandIns {
  /** Environment of the jobs of one workflow run; each run has artifacts of its own. */
  environment(run: string): Record<string, string>
  readonly artifacts: () => Artifact[]
}

/** Starts what GitHub itself offers to jobs: caches, artifacts and OIDC tokens, and its API. */
export async function startStandIns(
  copy: CheckoutCopy,
  event: Event,
  folder: string,
  cleanUp: CleanUp,
): Promise<StandIns> {
  const { repository } = copy
  const results = await startResultsService({ repository, scopes: scopesOf(event, copy) })
  cleanUp.add(() => results.close())
  const bare = join(folder, 'origin.git')
  await git(copy.folder, 'clone', '--quiet', '--bare', copy.folder, bare)
  const api = await startGitHubApi({ repository, git: bare })
  cleanUp.add(() => api.close())
  return {
    environment: run => ({ ...results.env, ...tokensOf(results, run), ...api.env }),
    artifacts: () => results.artifacts.filter(({ state }) => state === 'uploaded'),
  }
}

function tokensOf(results: ResultsService, run: string): Record<string, string> {
  const token = results.newToken({ run })
  return { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token }
}

/** A pull request writes caches for itself and reads those of its base. */
function scopesOf(event: Event, { branch, defaultBranch }: CheckoutCopy) {
  const head = { ref: `refs/heads/${branch}`, access: 'read-write' } as const
  const base = { ref: `refs/heads/${defaultBranch}`, access: 'read' } as const
  return event === 'push' ? [head] : [{ ref: 'refs/pull/1/merge', access: 'read-write' } as const, base]
}
