import { type Artifact, type ResultsService, startCodecov, startResultsService } from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import type { CheckoutCopy } from '../staging/checkout-copy.ts'
import { type GitHub, givenGitHub, type StandInPull, type StartedGitHub, startGitHub } from './github.ts'

export interface StandIns {
  /** Environment of the jobs of one workflow run; each run has artifacts of its own. */
  environment(run: string): Record<string, string>
  readonly artifacts: () => Artifact[]
  readonly github: StartedGitHub
}

/**
 * Starts what GitHub itself offers to jobs: caches, artifacts and OIDC tokens, and its API unless one is given; and Codecov, so
 * that a local run sends nothing to a third party. A pull request from a fork gets a token that may only read, and no OIDC tokens.
 */
export async function startStandIns(
  copy: CheckoutCopy,
  pull: StandInPull | undefined,
  folder: string,
  cleanUp: CleanUp,
  given?: GitHub,
): Promise<StandIns> {
  const { repository } = copy
  const isFork = pull !== undefined && pull.headRepository !== repository
  const results = await startResultsService({ repository, scopes: scopesOf(copy, pull) })
  cleanUp.add(() => results.close())
  const codecov = await startCodecov({ slug: repository, issuers: { [results.url]: 'github' } })
  cleanUp.add(() => codecov.close())
  const github = given ? givenGitHub(given) : await startGitHub(copy, pull, folder, cleanUp)
  return {
    environment: run => ({
      ...withoutIdentity(results.env, isFork),
      ...withoutIdentity(tokensOf(results, run), isFork),
      ...github.environment,
      CODECOV_URL: codecov.url,
    }),
    artifacts: () => results.artifacts.filter(({ state }) => state === 'uploaded'),
    github,
  }
}

/** GitHub gives jobs of a fork no identity to show to others. */
function withoutIdentity(
  environment: Readonly<Record<string, string>>,
  isFork: boolean,
): Record<string, string> {
  const entries = Object.entries(environment)
  return Object.fromEntries(
    isFork ? entries.filter(([name]) => !name.startsWith('ACTIONS_ID_TOKEN_')) : entries,
  )
}

function tokensOf(results: ResultsService, run: string): Record<string, string> {
  const token = results.newToken({ run })
  return { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token }
}

/** A pull request writes caches for itself and reads those of its base. */
function scopesOf({ branch, defaultBranch }: CheckoutCopy, pull: StandInPull | undefined) {
  const head = { ref: `refs/heads/${branch}`, access: 'read-write' } as const
  const base = { ref: `refs/heads/${defaultBranch}`, access: 'read' } as const
  return pull ? [{ ref: 'refs/pull/1/merge', access: 'read-write' } as const, base] : [head]
}
