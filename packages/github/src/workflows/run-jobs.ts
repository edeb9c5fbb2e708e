import { type GitHubClient, GitHubRefusal } from '../client.ts'

/** An attempt of a workflow's run, as the variables of a job name it. */
export interface RunAttempt {
  /** `owner/name` */
  readonly repository: string
  /** `GITHUB_RUN_ID` */
  readonly run: string
  /** `GITHUB_RUN_ATTEMPT` */
  readonly attempt: string
}

/** A job of a run. Times are in ms since 1970, and GitHub's are whole seconds. */
export interface RunJob {
  /** Also the id of its check run. */
  readonly id: number
  /** `<caller's job> / <job>` in a workflow that was called. */
  readonly name: string
  /** The attempt in which it ran. */
  readonly attempt: number
  readonly status: string
  /** `success`, `failure`, `cancelled`, `skipped` …; null until it has ended. */
  readonly conclusion: string | null
  /** When all that it waits for had ended. */
  readonly createdAt: number
  /** When a runner took it. */
  readonly startedAt: number
  readonly completedAt: number | null
  readonly runner: string | null
  /** Steps that have ended. */
  readonly steps: readonly RunStep[]
}

export interface RunStep {
  readonly name: string
  readonly startedAt: number
  readonly completedAt: number
}

interface JobData {
  readonly id: number
  readonly name: string
  readonly run_attempt?: number
  readonly status: string
  readonly conclusion: string | null
  readonly created_at?: string
  readonly started_at: string
  readonly completed_at: string | null
  readonly runner_name: string | null
  readonly steps?: readonly StepData[]
}
interface StepData {
  readonly name: string
  readonly started_at?: string | null
  readonly completed_at?: string | null
}

/**
 * All jobs of an attempt, as far as they have been created: a job that waits for another one is not among them. A private
 * repository takes `actions: read`, a public one nothing
 * (https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run-attempt). Rejects with a
 * GitHubRefusal, with an HttpError when there is no answer, and with an AbortError when `signal` says so.
 */
export async function runJobs(
  client: GitHubClient,
  { repository, run, attempt }: RunAttempt,
  signal: AbortSignal,
): Promise<RunJob[]> {
  const path = `/repos/${repository}/actions/runs/${run}/attempts/${attempt}/jobs`
  const found: RunJob[] = []
  for (let page = 1; ; page++) {
    const answer = await client.request('GET', path, { query: { per_page: 100, page }, signal })
    const { jobs, total_count: total } = (answer.body ?? {}) as { jobs?: JobData[]; total_count?: number }
    if (answer.status !== 200 || !Array.isArray(jobs)) throw new GitHubRefusal(`GET ${path}`, answer)
    found.push(...jobs.map(jobOf))
    if (jobs.length === 0 || found.length >= (total ?? 0)) return found
  }
}

function jobOf(data: JobData): RunJob {
  const { id, name, status, conclusion, started_at, created_at = started_at, completed_at, steps = [] } = data
  return {
    id,
    name,
    attempt: data.run_attempt ?? 1,
    status,
    conclusion,
    createdAt: Date.parse(created_at),
    startedAt: Date.parse(started_at),
    completedAt: completed_at ? Date.parse(completed_at) : null,
    runner: data.runner_name,
    steps: steps.flatMap(stepOf),
  }
}

function stepOf({ name, started_at, completed_at }: StepData): RunStep[] {
  if (!started_at || !completed_at) return []
  return [{ name, startedAt: Date.parse(started_at), completedAt: Date.parse(completed_at) }]
}
