import { notFound } from '../api-error.ts'
import { nodeId } from '../models.ts'
import type { ApiRequest, Routes, WorkflowJob, World } from '../world.ts'

export const runJobRoutes: Routes = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': request => {
    const { params, query, world } = request
    const jobs = jobsOf(request)
    const isRun = world.records.runs.some(({ id }) => `${id}` === params.run_id)
    if (jobs.length === 0 && !isRun) throw notFound()
    const size = Math.min(Number(query.get('per_page')) || 30, 100)
    const from = ((Number(query.get('page')) || 1) - 1) * size
    const page = jobs.slice(from, from + size).map(job => jobModel(world, job))
    return { status: 200, body: { total_count: jobs.length, jobs: page } }
  },
}

function jobsOf({ params, world }: ApiRequest): readonly WorkflowJob[] {
  return world.records.jobs.filter(
    ({ run, attempt }) => `${run}` === params.run_id && `${attempt}` === params.attempt_number,
  )
}

function jobModel({ repositoryUrl, htmlUrl, git }: World, job: WorkflowJob): object {
  const { id, run, attempt, name, conclusion, createdAt, startedAt, completedAt, runner, steps } = job
  const runUrl = `${repositoryUrl}/actions/runs/${run}`
  return {
    id,
    run_id: run,
    run_attempt: attempt,
    workflow_name: 'ci',
    head_branch: git.defaultBranch,
    head_sha: git.resolve(git.defaultBranch) ?? '',
    run_url: runUrl,
    node_id: nodeId('WorkflowJob', id),
    url: `${repositoryUrl}/actions/jobs/${id}`,
    html_url: `${htmlUrl}/actions/runs/${run}/job/${id}`,
    check_run_url: `${repositoryUrl}/check-runs/${id}`,
    status: statusOf(job),
    conclusion,
    created_at: createdAt,
    started_at: startedAt ?? createdAt,
    completed_at: completedAt,
    name,
    labels: ['ubuntu-latest'],
    runner_id: runner === null ? null : 1,
    runner_name: runner,
    runner_group_id: runner === null ? null : 0,
    runner_group_name: runner === null ? null : 'GitHub Actions',
    steps: steps.map((step, index) => ({
      name: step.name,
      number: index + 1,
      status: step.completedAt === null ? 'in_progress' : 'completed',
      conclusion: step.completedAt === null ? null : 'success',
      started_at: step.startedAt,
      completed_at: step.completedAt,
    })),
  }
}

function statusOf({ completedAt, startedAt }: WorkflowJob): 'completed' | 'in_progress' | 'queued' {
  if (completedAt !== null) return 'completed'
  return startedAt === null ? 'queued' : 'in_progress'
}
