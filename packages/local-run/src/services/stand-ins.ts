import { randomUUID } from 'node:crypto'
import {
  type Artifact,
  type CacheScope,
  type ResultsService,
  startCodecov,
  startResultsService,
} from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import type { CheckoutCopy } from '../staging/checkout-copy.ts'
import type { RunTag } from '../staging/tag.ts'
import { type GitHub, givenGitHub, type StandInPull, type StartedGitHub, startGitHub } from './github.ts'

export interface JobEnvironment {
  readonly job: Readonly<Record<string, string>>
  /** For jobs that may identify themselves to others. */
  readonly identity: Readonly<Record<string, string>>
}

export interface StandIns {
  /** Environment of the jobs of a workflow run, by its number among those of the event; each has artifacts of its own. */
  environment(run: number): JobEnvironment
  /** Those of this event's runs. */
  readonly artifacts: () => Artifact[]
  readonly github: StartedGitHub
}

export interface StandInOptions {
  readonly pull: StandInPull | undefined
  readonly tag: RunTag | undefined
  /** Where the files of a GitHub of this run alone go. */
  readonly folder: string
  /** A GitHub that is there already. */
  readonly github?: GitHub | undefined
  /** Its results service, with the caches and artifacts of earlier runs. */
  readonly results?: ResultsService | undefined
}

/**
 * Starts what GitHub itself offers to jobs: caches, artifacts and OIDC tokens, and its API unless one is given; and Codecov, so
 * that a local run sends nothing to a third party. A pull request from a fork gets a token that may only read, and no OIDC tokens.
 */
export async function startStandIns(
  copy: CheckoutCopy,
  { pull, tag, folder, ...given }: StandInOptions,
  cleanUp: CleanUp,
): Promise<StandIns> {
  const { repository } = copy
  const isFork = pull !== undefined && pull.headRepository !== repository
  const results = given.results ?? (await startResults(repository, cleanUp))
  const codecov = await startCodecov({ slug: repository, issuers: { [results.url]: 'github' } })
  cleanUp.add(() => codecov.close())
  const github = given.github ? givenGitHub(given.github) : await startGitHub(copy, pull, folder, cleanUp)
  const scopes = scopesOf(copy, pull, tag)
  const event = randomUUID()
  return {
    environment: run =>
      environmentOf(results, results.newToken({ run: `${event}-${run}`, scopes }), {
        isFork,
        more: { ...github.environment, CODECOV_URL: codecov.url },
      }),
    artifacts: () =>
      results.artifacts.filter(({ state, run }) => state === 'uploaded' && run.startsWith(event)),
    github,
  }
}

/** Ends with `cleanUp`. */
export async function startResults(repository: string, cleanUp: CleanUp): Promise<ResultsService> {
  const results = await startResultsService({ repository })
  cleanUp.add(() => results.close())
  return results
}

/** GitHub gives jobs of a fork no identity to show to others. */
function environmentOf(
  { env }: ResultsService,
  token: string,
  { isFork, more }: { readonly isFork: boolean; readonly more: Readonly<Record<string, string>> },
): JobEnvironment {
  const { ACTIONS_ID_TOKEN_REQUEST_URL = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: _, ...job } = env
  const identity = { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token }
  return { job: { ...job, ACTIONS_RUNTIME_TOKEN: token, ...more }, identity: isFork ? {} : identity }
}

/** A run writes caches for its own ref; one at a tag or of a pull request reads those of the default branch too. */
function scopesOf(
  { branch, defaultBranch }: CheckoutCopy,
  pull: StandInPull | undefined,
  tag: RunTag | undefined,
): CacheScope[] {
  const own = (ref: string) => ({ ref, access: 'read-write' }) as const
  const base = { ref: `refs/heads/${defaultBranch}`, access: 'read' } as const
  if (pull) return [own('refs/pull/1/merge'), base]
  return tag ? [own(`refs/tags/${tag.name}`), base] : [own(`refs/heads/${branch}`)]
}
