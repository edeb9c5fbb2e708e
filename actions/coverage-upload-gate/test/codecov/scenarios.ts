import { type GitRepo, gitRepo } from '@tokenledger/testkit'
import type { WorkflowEvent } from '../../src/codecov/identity.ts'

/** A run of a workflow as GitHub starts it: the checkout, the environment and the payload. */
export interface Scenario {
  readonly repo: GitRepo
  /** SHA of what Codecov has to be told. */
  readonly head: string
  readonly env: Readonly<Record<string, string>>
  readonly event: WorkflowEvent
  readonly flags: readonly string[]
  /** What GitHub hands to this run. */
  readonly secret: 'token' | 'oidc' | 'none'
}

export const REPORT = `<?xml version="1.0" ?>
<coverage version="7.11.4" line-rate="0.5" lines-valid="2" lines-covered="1">
  <packages><package name="."><classes><class filename="ledger/model.py" name="model.py"><lines>
    <line number="1" hits="1"/><line number="2" hits="0"/>
  </lines></class></classes></package></packages>
</coverage>
`

const COMMON = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/consumer',
  GITHUB_RUN_ID: '123456789',
  GITHUB_WORKFLOW: 'CI',
  GITHUB_JOB: 'coverage',
}

const FILES = { 'ledger/model.py': 'a = 1\nb = 2\n', 'ledger/ünïcode.py': 'c = 3\n', 'README.md': '# x\n' }

function newRepo(): GitRepo {
  const repo = gitRepo(FILES)
  repo.commit({ '.gitignore': 'coverage.xml\n' }, 'ignored')
  return repo
}

/** The merge commit that GitHub checks out for a pull request; `head` is its second parent. */
function mergeOf(repo: GitRepo, branch: string): string {
  repo.git('checkout', '--quiet', '-b', branch)
  const head = repo.commit({ 'ledger/new.py': 'd = 4\n' }, 'of the branch')
  repo.git('checkout', '--quiet', 'main')
  repo.commit({ 'README.md': '# y\n' }, 'of the base meanwhile')
  repo.git('checkout', '--quiet', '--detach', 'main')
  repo.git('merge', '--quiet', '--no-ff', '--message', 'merge', branch)
  return head
}

function pullRequest(from: string, secret: Scenario['secret']): Scenario {
  const repo = newRepo()
  const head = mergeOf(repo, 'feat/x')
  const base = { sha: repo.git('rev-parse', 'HEAD^1'), ref: 'main', label: 'acme:main' }
  const owner = from.split('/')[0] ?? ''
  return {
    repo,
    head,
    secret,
    flags: ['unit', 'py3.13'],
    env: {
      ...COMMON,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_HEAD_REF: 'feat/x',
      GITHUB_SHA: repo.git('rev-parse', 'HEAD'),
    },
    event: {
      repository: { private: false },
      pull_request: {
        number: 7,
        head: { sha: head, ref: 'feat/x', label: `${owner}:feat/x`, repo: { full_name: from } },
        base: { ...base, repo: { full_name: 'acme/consumer' } },
      },
    },
  }
}

function pushOf(ref: string, eventName = 'push'): Scenario {
  const repo = newRepo()
  const head = repo.git('rev-parse', 'HEAD')
  repo.git('checkout', '--quiet', '--detach')
  return {
    repo,
    head,
    secret: 'token',
    flags: [],
    env: { ...COMMON, GITHUB_EVENT_NAME: eventName, GITHUB_REF: ref, GITHUB_SHA: head },
    event: { repository: { private: false } },
  }
}

/** The runs that the contract with codecov-cli is made of. */
export const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  'pull request': () => pullRequest('acme/consumer', 'oidc'),
  'fork pull request': () => pullRequest('contributor/consumer', 'none'),
  push: () => pushOf('refs/heads/release/1.0'),
  tag: () => pushOf('refs/tags/v1.0.0'),
  'merge queue': () => pushOf(`refs/heads/gh-readonly-queue/main/pr-7-${'a'.repeat(40)}`, 'merge_group'),
}
