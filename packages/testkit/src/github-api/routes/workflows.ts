import { ApiError, notFound } from '../api-error.ts'
import { nodeId, user } from '../models.ts'
import { triggersAt } from '../workflow-file.ts'
import { type ApiRequest, now, type Routes, type WorkflowRun, type World } from '../world.ts'
import { repository } from './repository.ts'

export const workflowRoutes: Routes = {
  'GET /repos/{owner}/{repo}/actions/runs': request => ({ status: 200, body: runList(request) }),

  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs': request => {
    const { params, world } = request
    if (!isKnown(world, params.workflow_id ?? '')) throw notFound()
    return { status: 200, body: runList(request, params.workflow_id) }
  },

  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches': ({ params, body, world }) => {
    const workflow = params.workflow_id ?? ''
    const ref = String(body.ref)
    const inputs = (body.inputs ?? {}) as Readonly<Record<string, unknown>>
    const run = dispatch(world, workflow, ref, inputs)
    world.records.runs.push(run)
    world.records.dispatches.push({ workflow, ref, inputs, run: run.id })
    if (body.return_run_details !== true) return { status: 204 }
    const { url, html_url } = runModel(world, run)
    return { status: 200, body: { workflow_run_id: run.id, run_url: url, html_url } }
  },
}

function dispatch(
  world: World,
  workflow: string,
  ref: string,
  inputs: Readonly<Record<string, unknown>>,
): WorkflowRun {
  if (!isKnown(world, workflow)) throw notFound()
  const branch = ref.replace(/^refs\/(heads|tags)\//, '')
  const sha = ['heads', 'tags'].some(kind => world.git.ref(`refs/${kind}/${branch}`))
    ? world.git.resolve(branch)
    : undefined
  if (!sha) throw new ApiError(422, `No ref found for: ${ref}`)
  const { workflow_dispatch: trigger } = triggersAt(world.git, sha, workflow)
  if (!trigger) throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger")
  const unexpected = Object.keys(inputs).filter(name => !(name in trigger.inputs))
  if (unexpected.length > 0) {
    throw new ApiError(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`)
  }
  for (const [name, { required }] of Object.entries(trigger.inputs)) {
    if (required && inputs[name] === undefined)
      throw new ApiError(422, `Required input '${name}' not provided`)
  }
  return {
    id: world.nextId(),
    workflow,
    event: 'workflow_dispatch',
    branch,
    sha,
    status: 'queued',
    conclusion: null,
    createdAt: now(),
  }
}

/** GitHub knows a workflow that is on any branch; here the default branch and the tags are enough. */
function isKnown({ git }: World, workflow: string): boolean {
  const path = `.github/workflows/${workflow}`
  const places = [git.defaultBranch, ...git.refs('refs/').map(({ name }) => name)]
  return places.some(place => git.try('cat-file', '-e', `${place}:${path}`) !== undefined)
}

function runList({ query, world }: ApiRequest, workflow?: string): object {
  const [event, branch, sha] = ['event', 'branch', 'head_sha'].map(name => query.get(name))
  const found = world.records.runs
    .filter(run => !workflow || run.workflow === workflow)
    .filter(run => (!event || run.event === event) && (!branch || run.branch === branch))
    .filter(run => !sha || run.sha === sha)
    .toReversed()
  const size = Math.min(Number(query.get('per_page')) || 30, 100)
  const from = ((Number(query.get('page')) || 1) - 1) * size
  return {
    total_count: found.length,
    workflow_runs: found.slice(from, from + size).map(run => runModel(world, run)),
  }
}

function runModel(world: World, run: WorkflowRun) {
  const { repositoryUrl, htmlUrl, git } = world
  const url = `${repositoryUrl}/actions/runs/${run.id}`
  const commit = git.commit(run.sha)
  const person = ({ name, email }: { name: string; email: string }) => ({ name, email })
  return {
    id: run.id,
    node_id: nodeId('WorkflowRun', run.id),
    name: run.workflow,
    display_title: run.workflow,
    head_branch: run.branch,
    head_sha: run.sha,
    path: `.github/workflows/${run.workflow}`,
    run_number: run.id,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: 1,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.createdAt,
    actor: user('github-actions[bot]'),
    url,
    html_url: `${htmlUrl}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${repositoryUrl}/actions/workflows/1`,
    head_commit: commit
      ? {
          id: commit.sha,
          tree_id: commit.tree,
          message: commit.message,
          timestamp: commit.committer.date,
          author: person(commit.author),
          committer: person(commit.committer),
        }
      : null,
    repository: repository(world),
    head_repository: repository(world),
  }
}
