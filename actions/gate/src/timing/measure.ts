import { githubClient, type RunAttempt, type RunJob, runJobs } from '@tokenledger/github'
import type { Access } from '../inputs.ts'
import { callOf, ownJob } from './own-jobs.ts'
import { type Timeline, timelineOf } from './timeline.ts'
import { whyNone } from './why-none.ts'

/** Longest time for all requests together, in ms. */
const LIMIT_MS = 5000
/** Longest wait for a server that limits, in ms. */
const WAIT_MS = 2000
/** One more try of a server that fails: on a runner without API everything after it is time lost. */
const WAITS = [500]

export interface Unknown {
  /** What is missing, and what would give it. */
  readonly why: string
}

/** Asks GitHub how long the jobs took that this one waited for. It takes no longer than the limit and never throws. */
export async function measure(
  { token, checkRunId }: Access,
  env: NodeJS.ProcessEnv,
): Promise<Timeline | Unknown> {
  const {
    GITHUB_REPOSITORY: repository = '',
    GITHUB_RUN_ID: run = '',
    GITHUB_RUN_ATTEMPT: attempt = '1',
  } = env
  const { GITHUB_API_URL: apiUrl = '', RUNNER_NAME: runner = '' } = env
  if (!token)
    return { why: 'there is no github-token; leave the input out, its default is the token of the job.' }
  if (!apiUrl || !repository || !run)
    return { why: 'this runner names no run of GitHub (GITHUB_API_URL, GITHUB_RUN_ID).' }
  const jobs = await ask({ repository, run, attempt }, token, apiUrl)
  if ('why' in jobs) return jobs
  const own = ownJob(jobs, { checkRunId, runner })
  if (!own) {
    return {
      why: `this job is not to be told among the ${jobs.length} jobs of the run; give its check-run-id.`,
    }
  }
  return timelineOf(callOf(jobs, own)) ?? { why: 'no other job ran in this attempt of the run.' }
}

async function ask(place: RunAttempt, token: string, apiUrl: string): Promise<RunJob[] | Unknown> {
  const signal = AbortSignal.timeout(LIMIT_MS)
  try {
    return await runJobs(githubClient({ token, apiUrl, waitBudgetMs: WAIT_MS, waits: WAITS }), place, signal)
  } catch (error) {
    return {
      why: signal.aborted
        ? `GitHub took longer than ${LIMIT_MS / 1000} s to name the jobs of this run.`
        : whyNone(error),
    }
  }
}
