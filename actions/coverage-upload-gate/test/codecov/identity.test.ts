import { describe, expect, it } from '@jest/globals'
import { identityOf, type WorkflowEvent } from '../../src/codecov/identity.ts'

const ENV = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/consumer',
  GITHUB_RUN_ID: '123',
  GITHUB_WORKFLOW: 'CI',
  GITHUB_JOB: 'coverage',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'a'.repeat(40),
}
const HEAD = 'b'.repeat(40)
const PULL_ENV = {
  ...ENV,
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_HEAD_REF: 'feat/x',
}

function pullOf(repo: string | null, label?: string): WorkflowEvent {
  return {
    repository: { private: false },
    pull_request: {
      number: 7,
      head: { sha: HEAD, ref: 'feat/x', label, repo: repo === null ? null : { full_name: repo } },
      base: { sha: 'c'.repeat(40), ref: 'main', repo: { full_name: 'acme/consumer' } },
    },
  }
}

describe('the identity', () => {
  it('of a push is its commit and branch, and names run, workflow and job', () => {
    expect(identityOf(ENV, {})).toEqual({
      event: 'push',
      service: 'github',
      slug: 'acme/consumer',
      commit: 'a'.repeat(40),
      pull: null,
      branch: 'main',
      isFork: false,
      isPrivate: false,
      ciUrl: 'https://github.com/acme/consumer/actions/runs/123',
      jobCode: 'CI',
      name: 'CI - coverage',
    })
  })

  it('of a pull request is its head, not the merge commit that was tested', () => {
    const identity = identityOf(PULL_ENV, pullOf('acme/consumer', 'acme:feat/x'))
    expect(identity).toMatchObject({ commit: HEAD, pull: '7', branch: 'feat/x', isFork: false })
  })

  it.each(['pull_request', 'pull_request_target'])(
    "of a fork's %s has the fork's label for a branch",
    event => {
      const env = { ...PULL_ENV, GITHUB_EVENT_NAME: event }
      const identity = identityOf(env, pullOf('contributor/consumer', 'contributor:feat/x'))
      expect(identity).toMatchObject({ commit: HEAD, branch: 'contributor:feat/x', isFork: true })
    },
  )

  it.each([
    [null, 'gone:feat/x', 'gone:feat/x'],
    ['contributor/consumer', undefined, 'contributor:feat/x'],
    [null, undefined, 'unknown:feat/x'],
  ])('of a fork in repository %s with label %s has branch %s', (repo, label, branch) => {
    expect(identityOf(PULL_ENV, pullOf(repo, label))).toMatchObject({ branch, isFork: true })
  })

  it('of a pull request is never guessed from the merge commit', () => {
    expect(() => identityOf(PULL_ENV, {})).toThrow(
      'The payload of this pull_request event names no head commit (pull_request.head.sha)',
    )
  })

  it.each([
    ['refs/heads/release/1.0', 'release/1.0'],
    ['refs/tags/v1.0.0', null],
    ['refs/heads/gh-readonly-queue/main/pr-7-0123abc', 'main'],
    // The command takes the first part alone and would upload to "release".
    ['refs/heads/gh-readonly-queue/release/1.0/pr-7-0123abc', 'release/1.0'],
  ])('of ref %s has branch %s', (ref, branch) => {
    expect(identityOf({ ...ENV, GITHUB_REF: ref }, {}).branch).toBe(branch)
  })

  it('on another server is of GitHub Enterprise', () => {
    const env = { ...ENV, GITHUB_SERVER_URL: 'https://ghe.example' }
    expect(identityOf(env, {})).toMatchObject({
      service: 'github_enterprise',
      ciUrl: 'https://ghe.example/acme/consumer/actions/runs/123',
    })
  })

  it('knows a private repository', () => {
    expect(identityOf(ENV, { repository: { private: true } }).isPrivate).toBe(true)
  })

  it.each([
    ['given', 'unit tests', 'unit tests'],
    ['too long for Codecov', 'ü'.repeat(120), 'ü'.repeat(100)],
    ['of characters beyond 16 bits', '🙂'.repeat(120), '🙂'.repeat(100)],
  ])('has a name that is %s', (_, name, expected) => {
    expect(identityOf(ENV, {}, name).name).toBe(expected)
  })

  it('without workflow and job has no name', () => {
    const env = { ...ENV, GITHUB_WORKFLOW: '', GITHUB_JOB: '' }
    expect(identityOf(env, {})).toMatchObject({ name: null, jobCode: null })
  })
})
