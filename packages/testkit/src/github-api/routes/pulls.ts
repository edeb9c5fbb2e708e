import { ApiError } from '../api-error.ts'
import { changedFiles } from '../changed-files.ts'
import { diffEntry } from '../models.ts'
import { pullModel, pullSummary } from '../pull-model.ts'
import { closePull, labelOf, pullOfNumber, reopenPull, shasOf } from '../pull-state.ts'
import { type ApiRequest, now, type Pull, type Routes, type World } from '../world.ts'
import { commitSha } from './commits.ts'

export const pullRoutes: Routes = {
  'GET /repos/{owner}/{repo}/pulls': ({ query, world }) => {
    const state = query.get('state') || 'open'
    const [head, base] = [query.get('head'), query.get('base')]
    const found = world.records.pulls.filter(
      pull =>
        (state === 'all' || pull.state === state) &&
        (!base || pull.base === base) &&
        // GitHub ignores a head without an owner.
        (!head?.includes(':') || labelOf(world, pull) === head),
    )
    const newestFirst = found.toSorted((a, b) => b.number - a.number)
    return { status: 200, body: newestFirst.map(pull => pullSummary(world, pull)) }
  },

  'POST /repos/{owner}/{repo}/pulls': request => {
    const { world } = request
    if (!world.settings.actionsMayOpenPulls) {
      throw new ApiError(403, 'GitHub Actions is not permitted to create or approve pull requests.')
    }
    const pull = newPull(request)
    world.records.pulls.push(pull)
    return { status: 201, body: pullModel(world, pull) }
  },

  'GET /repos/{owner}/{repo}/pulls/{pull_number}': ({ params, world }) => ({
    status: 200,
    body: pullModel(world, pullOfNumber(world, params.pull_number)),
  }),

  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': ({ params, body, world }) => {
    const pull = pullOfNumber(world, params.pull_number)
    if (body.title !== undefined) pull.title = String(body.title)
    if (body.body !== undefined) pull.body = body.body === null ? null : String(body.body)
    if (body.base !== undefined) pull.base = String(body.base)
    if (body.state === 'closed' && pull.state === 'open') closePull(world, pull)
    if (body.state === 'open' && pull.state === 'closed') reopenPull(world, pull)
    return { status: 200, body: pullModel(world, pull) }
  },

  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': ({ params, world }) => {
    const [base, head] = shasOf(world, pullOfNumber(world, params.pull_number))
    const files = changedFiles(world.git, world.git.mergeBase(base, head), head)
    return { status: 200, body: files.map(file => diffEntry(world, file, head)) }
  },

  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': ({ params, world }) => {
    const sha = commitSha(world, params.commit_sha ?? '')
    const holding = world.records.pulls.filter(pull => {
      const [base, head] = shasOf(world, pull)
      if (pull.mergeCommit === sha) return true
      return world.git.isAncestor(sha, head) && !world.git.isAncestor(sha, base)
    })
    return { status: 200, body: holding.map(pull => pullSummary(world, pull)) }
  },
}

/** The pull request that is asked for, with GitHub's reasons against it. */
function newPull({ body, world }: ApiRequest): Pull {
  const [label = '', base = ''] = [String(body.head), String(body.base)]
  const head = label.slice(label.indexOf(':') + 1)
  const full = label.includes(':') ? label : `${world.owner}:${label}`
  if (!world.git.ref(`refs/heads/${base}`)) throw invalid({ field: 'base', code: 'invalid' })
  if (!world.git.ref(`refs/heads/${head}`)) throw invalid({ field: 'head', code: 'invalid' })
  const same = world.records.pulls.some(
    pull =>
      pull.state === 'open' &&
      pull.base === base &&
      // A fork of the same owner has branches of its own.
      !pull.headRepository &&
      labelOf(world, pull) === full,
  )
  if (same) throw invalid({ code: 'custom', message: `A pull request already exists for ${full}.` })
  const [from, to] = [commitSha(world, base), commitSha(world, head)]
  if (world.git.isAncestor(to, from)) {
    throw invalid({ code: 'custom', message: `No commits between ${base} and ${head}` })
  }
  return {
    number: nextNumber(world),
    title: String(body.title),
    body: typeof body.body === 'string' ? body.body : null,
    head,
    base,
    state: 'open',
    createdAt: now(),
    author: 'github-actions[bot]',
    draft: body.draft === true,
    labels: [],
  }
}

export function nextNumber({ records }: Pick<World, 'records'>): number {
  return records.pulls.length + 1
}

function invalid(error: object): ApiError {
  return new ApiError(422, 'Validation Failed', [{ resource: 'PullRequest', ...error }])
}
