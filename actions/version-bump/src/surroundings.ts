import { readFileSync } from 'node:fs'
import { UserError } from '@tokenledger/kit'
import type { BumpInputs } from './inputs.ts'

interface Payload {
  readonly before?: string
  readonly repository?: { readonly default_branch?: string }
  readonly pull_request?: { readonly head?: { readonly repo?: { readonly full_name?: string } | null } }
}

/** Where this run takes place. */
export interface Surroundings {
  readonly event: string
  /** `owner/name` */
  readonly repository: string
  readonly serverUrl: string
  readonly apiUrl: string
  /** `refs/heads/main` */
  readonly ref: string
  /** The commit of the event. */
  readonly sha: string
  /** Branch that is released from. */
  readonly base: string
  /** The commit before a push; undefined elsewhere, and for the first push of a branch. */
  readonly before: string | undefined
  readonly isFork: boolean
  readonly runUrl: string
}

const NO_COMMIT = /^0+$/

export function readSurroundings(env: NodeJS.ProcessEnv, { base }: Pick<BumpInputs, 'base'>): Surroundings {
  const payload = payloadOf(env)
  const serverUrl = (env.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '')
  const repository = env.GITHUB_REPOSITORY ?? ''
  const head = payload.pull_request?.head
  return {
    event: env.GITHUB_EVENT_NAME ?? '',
    repository,
    serverUrl,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    ref: env.GITHUB_REF ?? '',
    sha: env.GITHUB_SHA ?? '',
    base: base || payload.repository?.default_branch || 'main',
    before: payload.before && !NO_COMMIT.test(payload.before) ? payload.before : undefined,
    isFork: head !== undefined && head.repo?.full_name !== repository,
    runUrl: `${serverUrl}/${repository}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
  }
}

function payloadOf({ GITHUB_EVENT_PATH: path }: NodeJS.ProcessEnv): Payload {
  try {
    return path ? JSON.parse(readFileSync(path, 'utf8')) : {}
  } catch {
    return {} // not GitHub's: its runner always writes the file
  }
}

/** Refuses runs that must not write, before anything is planned. */
export function refuseToWrite({ mode, dryRun }: BumpInputs, at: Surroundings): void {
  if (mode === 'files') return
  if (at.isFork) {
    throw new UserError(
      `BUMP_FORK: refusing to write from a fork; start version-bump in ${at.repository} itself`,
    )
  }
  if (!dryRun && at.ref !== `refs/heads/${at.base}`) {
    throw new UserError(
      `BUMP_NOT_ON_BASE: this run is on ${at.ref.replace(/^refs\/heads\//, '') || 'no branch'}, and releases are made from ${at.base}; start it there, or set base`,
    )
  }
}
