import { notFound } from '../api-error.ts'
import { changedFiles } from '../changed-files.ts'
import { diffEntry, nodeId, user } from '../models.ts'
import type { ApiRequest, Pull, Routes, World } from '../world.ts'
import { commitSha } from './commits.ts'
import { repository } from './repository.ts'

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
    return { status: 200, body: newestFirst.map(pull => summary(world, pull)) }
  },

  'GET /repos/{owner}/{repo}/pulls/{pull_number}': request => {
    const pull = pullOf(request)
    const { git } = request.world
    const [base, head] = shasOf(request.world, pull)
    const fork = git.mergeBase(base, head)
    const files = changedFiles(git, fork, head)
    const body = {
      ...summary(request.world, pull),
      merged: false,
      merged_by: null,
      mergeable: true,
      mergeable_state: 'clean',
      maintainer_can_modify: false,
      comments: request.world.records.comments.filter(({ issue }) => issue === pull.number).length,
      review_comments: 0,
      commits: git.log(`${fork}..${head}`).length,
      changed_files: files.length,
      additions: files.reduce((sum, file) => sum + file.additions, 0),
      deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    }
    return { status: 200, body }
  },

  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': request => {
    const { world } = request
    const [base, head] = shasOf(world, pullOf(request))
    const files = changedFiles(world.git, world.git.mergeBase(base, head), head)
    return { status: 200, body: files.map(file => diffEntry(world, file, head)) }
  },

  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': ({ params, world }) => {
    const sha = commitSha(world, params.commit_sha ?? '')
    const holding = world.records.pulls.filter(pull => {
      const [base, head] = shasOf(world, pull)
      return world.git.isAncestor(sha, head) && !world.git.isAncestor(sha, base)
    })
    return { status: 200, body: holding.map(pull => summary(world, pull)) }
  },
}

function pullOf({ params, world }: ApiRequest): Pull {
  const pull = world.records.pulls.find(({ number }) => `${number}` === params.pull_number)
  if (!pull) throw notFound()
  return pull
}

/** Commits of base and head as they are now. */
function shasOf(world: World, pull: Pull): [string, string] {
  return [commitSha(world, pull.base), commitSha(world, pull.head)]
}

function labelOf({ owner }: World, { headRepository, head }: Pull): string {
  return `${headRepository?.split('/')[0] ?? owner}:${head}`
}

function summary(world: World, pull: Pull): Record<string, unknown> {
  const { owner, repositoryUrl, htmlUrl } = world
  const [base, head] = shasOf(world, pull)
  const url = `${repositoryUrl}/pulls/${pull.number}`
  const html = `${htmlUrl}/pull/${pull.number}`
  const issue = `${repositoryUrl}/issues/${pull.number}`
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    commits: `${url}/commits`,
    statuses: `${repositoryUrl}/statuses/${head}`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl}/pulls/comments{/number}`,
  }
  const end = (label: string, ref: string, sha: string) => {
    const [login = owner] = label.split(':')
    return { label, ref, sha, user: user(login), repo: repository({ ...world, owner: login }) }
  }
  return {
    id: pull.number,
    node_id: nodeId('PullRequest', pull.number),
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    locked: false,
    draft: false,
    user: user('octocat'),
    author_association: 'CONTRIBUTOR',
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: links.issue,
    comments_url: links.comments,
    commits_url: links.commits,
    statuses_url: links.statuses,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    labels: [],
    milestone: null,
    assignee: null,
    auto_merge: null,
    merge_commit_sha: null,
    created_at: pull.createdAt,
    updated_at: pull.createdAt,
    closed_at: pull.state === 'closed' ? pull.createdAt : null,
    merged_at: null,
    head: end(labelOf(world, pull), pull.head, head),
    base: end(`${owner}:${pull.base}`, pull.base, base),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  }
}
