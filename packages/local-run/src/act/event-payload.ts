import type { Event } from '../workflows/workflow.ts'

export interface Commit {
  readonly repository: string
  readonly branch: string
  readonly defaultBranch: string
  readonly sha: string
  /** The commit before, or the base of the pull request. */
  readonly base: string
}

/** The part of GitHub's event payload that workflows and actions read. */
export function eventPayload(event: Event, commit: Commit): object {
  const [owner = '', name = ''] = commit.repository.split('/')
  const repository = {
    id: 1,
    name,
    full_name: commit.repository,
    default_branch: commit.defaultBranch,
    private: false,
    fork: false,
    html_url: `https://github.com/${commit.repository}`,
    owner: { login: owner },
  }
  const common = { repository, sender: { login: owner, type: 'User' } }
  if (event === 'push')
    return {
      ...common,
      ref: `refs/heads/${commit.branch}`,
      before: commit.base,
      after: commit.sha,
      head_commit: { id: commit.sha, message: 'Working tree of a local run' },
    }
  const pull_request = {
    number: 1,
    title: 'Working tree of a local run',
    state: 'open',
    draft: false,
    user: { login: owner },
    head: { ref: headBranch(commit), sha: commit.sha, repo: repository },
    base: { ref: commit.defaultBranch, sha: commit.base, repo: repository },
  }
  return { ...common, action: 'synchronize', number: 1, pull_request }
}

/** A pull request comes from another branch than the one it goes to. */
function headBranch({ branch, defaultBranch }: Commit): string {
  return branch === defaultBranch ? 'local-change' : branch
}
