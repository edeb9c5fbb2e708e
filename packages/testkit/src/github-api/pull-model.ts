import { changedFiles } from './changed-files.ts'
import { nodeId, user } from './models.ts'
import { labelOf, shasOf } from './pull-state.ts'
import { labelModel } from './routes/labels.ts'
import { repository } from './routes/repository.ts'
import type { Pull, World } from './world.ts'

/** A pull request by itself; lists have it without its sums. */
export function pullModel(world: World, pull: Pull): object {
  const { git, records } = world
  const [base, head] = shasOf(world, pull)
  const fork = git.mergeBase(base, head)
  const files = changedFiles(git, fork, head)
  const merged = pull.mergeCommit !== undefined
  return {
    ...pullSummary(world, pull),
    merged,
    merged_by: merged ? user('octocat') : null,
    mergeable: pull.state === 'open' ? true : null,
    mergeable_state: pull.state === 'open' ? 'clean' : 'unknown',
    maintainer_can_modify: false,
    comments: records.comments.filter(({ issue }) => issue === pull.number).length,
    review_comments: 0,
    commits: git.log(`${fork}..${head}`).length,
    changed_files: files.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
  }
}

export function pullSummary(world: World, pull: Pull): Record<string, unknown> {
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
  const end = (full: string, label: string, ref: string, sha: string) => {
    const [login = '', name = ''] = full.split('/')
    return { label, ref, sha, user: user(login), repo: repository({ ...world, owner: login, name }) }
  }
  const here = `${owner}/${world.name}`
  const closedAt = pull.state === 'closed' ? (pull.closed?.at ?? pull.createdAt) : null
  return {
    id: pull.number,
    node_id: nodeId('PullRequest', pull.number),
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    locked: false,
    draft: pull.draft,
    user: user(pull.author),
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
    labels: pull.labels.map(name => labelModel(world, name)),
    milestone: null,
    assignee: null,
    auto_merge: null,
    merge_commit_sha: pull.mergeCommit ?? null,
    created_at: pull.createdAt,
    updated_at: closedAt ?? pull.createdAt,
    closed_at: closedAt,
    merged_at: pull.mergeCommit ? closedAt : null,
    head: end(pull.headRepository ?? here, labelOf(world, pull), pull.head, head),
    base: end(here, `${owner}:${pull.base}`, pull.base, base),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  }
}
