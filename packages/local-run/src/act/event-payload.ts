import { headBranch, queueBranch, type TestedCommit } from '../staging/pull-request.ts'
import type { RunTag } from '../staging/tag.ts'
import type { DispatchInputs } from '../workflows/dispatch-inputs.ts'
import type { Event } from '../workflows/workflow.ts'

export interface Commit extends TestedCommit {
  readonly repository: string
  readonly branch: string
  readonly defaultBranch: string
  /** The pull request comes from a fork. */
  readonly isFork: boolean
  /** The run is at a tag instead of the branch. */
  readonly tag: RunTag | undefined
}

/** `refs/tags/v1.2.3` or `refs/heads/main`; of a pull request its merge, of a merge group the branch of the queue. */
export function refOf(
  event: Event,
  { branch, tag, defaultBranch, base }: Pick<Commit, 'branch' | 'tag' | 'defaultBranch' | 'base'>,
): string {
  if (event === 'pull_request') return 'refs/pull/1/merge'
  if (event === 'merge_group') return `refs/heads/${queueBranch(defaultBranch, base)}`
  return tag ? `refs/tags/${tag.name}` : `refs/heads/${branch}`
}

/** What a push says was there before a ref was made. */
const NOTHING = '0'.repeat(40)

/** `owner/name` of the repository that a pull request comes from. */
export function headRepository({ repository, isFork }: Pick<Commit, 'repository' | 'isFork'>): string {
  return isFork ? `a-fork/${repository.split('/')[1]}` : repository
}

/** A start by hand. */
export interface Dispatched {
  /** `.github/workflows/release.yml` */
  readonly workflow: string
  readonly inputs: DispatchInputs
}

/** The part of GitHub's event payload that workflows and actions read; `dispatched` is of `workflow_dispatch` alone. */
export function eventPayload(event: Event, commit: Commit, dispatched?: Dispatched): object {
  const [owner = ''] = commit.repository.split('/')
  const repository = repositoryModel(commit.repository, commit, false)
  const common = { repository, sender: { login: owner, type: 'User' } }
  const ref = refOf(event, commit)
  if (event === 'workflow_dispatch') return { ...common, ref, ...dispatched }
  if (event === 'push') return { ...common, ref, ...pushed(commit) }
  if (event === 'merge_group')
    return { ...common, action: 'checks_requested', merge_group: mergeGroup(commit, ref) }
  const head = repositoryModel(headRepository(commit), commit, commit.isFork)
  const pull_request = {
    number: 1,
    title: 'Working tree of a local run',
    state: 'open',
    draft: false,
    user: head.owner,
    head: pullEnd(head, headBranch(commit), commit.head),
    base: pullEnd(repository, commit.defaultBranch, commit.base),
    merge_commit_sha: commit.sha,
  }
  return { ...common, action: 'synchronize', number: 1, pull_request }
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group */
function mergeGroup({ sha, base, defaultBranch }: Commit, ref: string): object {
  const head_commit = { id: sha, message: 'Working tree of a local run' }
  return {
    head_sha: sha,
    head_ref: ref,
    base_sha: base,
    base_ref: `refs/heads/${defaultBranch}`,
    head_commit,
  }
}

/** Without `deleted`: act would take `after` for the commit, and of an annotated tag that is the tag object. */
function pushed({ tag, base, sha }: Commit): object {
  const head_commit = { id: sha, message: 'Working tree of a local run' }
  if (tag) return { before: NOTHING, after: tag.object, created: true, base_ref: null, head_commit }
  return { before: base, after: sha, created: false, base_ref: null, head_commit }
}

function repositoryModel(fullName: string, { defaultBranch }: Commit, fork: boolean) {
  const [owner = '', name = ''] = fullName.split('/')
  return {
    id: fork ? 2 : 1,
    name,
    full_name: fullName,
    default_branch: defaultBranch,
    private: false,
    fork,
    html_url: `https://github.com/${fullName}`,
    owner: { login: owner },
  }
}

function pullEnd(repo: ReturnType<typeof repositoryModel>, ref: string, sha: string): object {
  return { label: `${repo.owner.login}:${ref}`, ref, sha, user: repo.owner, repo }
}
