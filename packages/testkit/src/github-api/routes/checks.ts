import { notFound } from '../api-error.ts'
import { nodeId, user } from '../models.ts'
import { type ApiRequest, type CheckRun, now, type Routes, type Status, type World } from '../world.ts'
import { commitSha } from './commits.ts'
import { repository } from './repository.ts'

export const checkRoutes: Routes = {
  'POST /repos/{owner}/{repo}/check-runs': ({ body, world }) => {
    const fields = { status: 'queued', ...body, head_sha: commitSha(world, String(body.head_sha)) }
    const run: CheckRun = { id: world.nextId(), fields, annotations: annotationsOf(body) }
    world.records.checkRuns.push(run)
    return { status: 201, body: checkRun(world, run) }
  },

  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': ({ params, body, world }) => {
    const run = world.records.checkRuns.find(({ id }) => `${id}` === params.check_run_id)
    if (!run) throw notFound()
    run.fields = { ...run.fields, ...body }
    run.annotations = [...run.annotations, ...annotationsOf(body)]
    return { status: 200, body: checkRun(world, run) }
  },

  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': ({ params, world }) => {
    const sha = commitSha(world, params.ref ?? '')
    const found = world.records.checkRuns.filter(({ fields }) => fields.head_sha === sha)
    return {
      status: 200,
      body: { total_count: found.length, check_runs: found.map(run => checkRun(world, run)) },
    }
  },

  'POST /repos/{owner}/{repo}/statuses/{sha}': ({ params, body, world }) => {
    const sha = commitSha(world, params.sha ?? '')
    const created: Status = {
      id: world.nextId(),
      sha,
      fields: { context: 'default', description: null, target_url: null, ...body },
      createdAt: now(),
    }
    world.records.statuses.push(created)
    return { status: 201, body: status(world, created) }
  },

  'GET /repos/{owner}/{repo}/commits/{ref}/statuses': ({ params, world }) => {
    const sha = commitSha(world, params.ref ?? '')
    const newestFirst = world.records.statuses.filter(one => one.sha === sha).reverse()
    return { status: 200, body: newestFirst.map(one => status(world, one)) }
  },

  'GET /repos/{owner}/{repo}/commits/{ref}/status': ({ params, world }) => {
    const sha = commitSha(world, params.ref ?? '')
    const own = world.records.statuses.filter(one => one.sha === sha)
    const last = [...new Map(own.map(one => [one.fields.context, one])).values()]
    const body = {
      state: combinedState(last),
      statuses: last.map(one => status(world, one)),
      sha,
      total_count: last.length,
      repository: repository(world),
      commit_url: `${world.repositoryUrl}/commits/${sha}`,
      url: `${world.repositoryUrl}/commits/${sha}/status`,
    }
    return { status: 200, body }
  },
}

/** `failure` as soon as one context failed, `success` when all succeeded; of each context the last word counts. */
function combinedState(statuses: readonly Status[]): string {
  const states = statuses.map(({ fields }) => fields.state)
  if (states.some(state => state === 'failure' || state === 'error')) return 'failure'
  return states.length > 0 && states.every(state => state === 'success') ? 'success' : 'pending'
}

function annotationsOf(body: ApiRequest['body']): readonly object[] {
  return (body.output as { annotations?: object[] } | undefined)?.annotations ?? []
}

function checkRun({ repositoryUrl, htmlUrl }: World, { id, fields, annotations }: CheckRun): object {
  const url = `${repositoryUrl}/check-runs/${id}`
  const output = (fields.output ?? {}) as Readonly<Record<string, string>>
  const completed = fields.status === 'completed' || fields.conclusion !== undefined
  return {
    id,
    node_id: nodeId('CheckRun', id),
    name: fields.name,
    head_sha: fields.head_sha,
    url,
    html_url: `${htmlUrl}/runs/${id}`,
    details_url: fields.details_url ?? `${htmlUrl}/runs/${id}`,
    external_id: fields.external_id ?? '',
    status: completed ? 'completed' : fields.status,
    conclusion: fields.conclusion ?? null,
    started_at: fields.started_at ?? now(),
    completed_at: completed ? (fields.completed_at ?? now()) : null,
    check_suite: { id: 1 },
    app: null,
    pull_requests: [],
    output: {
      title: output.title ?? null,
      summary: output.summary ?? null,
      text: output.text ?? null,
      annotations_count: annotations.length,
      annotations_url: `${url}/annotations`,
    },
  }
}

function status({ repositoryUrl }: World, { id, sha, fields, createdAt }: Status): object {
  return {
    id,
    node_id: nodeId('StatusContext', id),
    url: `${repositoryUrl}/statuses/${sha}`,
    avatar_url: null,
    state: fields.state,
    context: fields.context,
    description: fields.description,
    target_url: fields.target_url,
    created_at: createdAt,
    updated_at: createdAt,
    creator: user('github-actions[bot]'),
  }
}
