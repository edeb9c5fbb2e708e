import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { coberturaXml, errors, eventFile } from './coverage-job.ts'
import { type PullRequestJob, pullRequestJob, REPOSITORY } from './pull-request.ts'

let pull: PullRequestJob
beforeEach(async () => {
  pull = await pullRequestJob()
})
afterEach(() => pull.close())

const run = (inputs: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) =>
  pull.checkout.run({ upload: 'off', ...inputs }, { env: { ...pull.env(), ...env } })

const ours = () => pull.github.comments.filter(({ author }) => author === 'github-actions[bot]')

function coverLineTwo(): void {
  const { path } = pull.checkout.repository
  pull.checkout.write({ 'coverage.xml': coberturaXml(join(path, 'shop'), { 'a.py': { hit: [1, 2] } }) })
}

describe('a merge group', () => {
  it('is judged by the lines that it adds to its base, and comments nowhere', async () => {
    const { git } = pull.checkout.repository
    const merge_group = { base_sha: git('rev-parse', 'HEAD~1'), head_sha: pull.head }
    const group = {
      GITHUB_EVENT_NAME: 'merge_group',
      GITHUB_REF: `refs/heads/gh-readonly-queue/main/pr-1-${merge_group.base_sha}`,
      GITHUB_EVENT_PATH: eventFile({ action: 'checks_requested', merge_group }),
    }
    const missed = await run({ 'min-patch': '80', comment: 'always' }, group)
    expect([missed.exitCode, missed.outputs.patch, missed.outputs['comment-url']]).toEqual([1, '0', ''])
    expect(errors(missed)[0]).toContain('80%')
    expect(pull.github.comments).toEqual([])
    coverLineTwo()
    expect((await run({ 'min-patch': '80' }, group)).exitCode).toBe(0)
  })
})

describe('the comment on a pull request', () => {
  it('is one, and a second run brings it up to date in place among 60 others', async () => {
    for (let id = 10_001; id <= 10_060; id++) {
      const at = '2026-01-01T00:00:00Z'
      pull.github.comments.push({
        id,
        issue: 1,
        body: 'Nice.',
        author: 'someone',
        createdAt: at,
        updatedAt: at,
      })
    }
    const first = await run({ 'min-patch': '80' })
    expect(first.exitCode).toBe(1)
    expect(ours()).toHaveLength(1)
    expect(ours()[0]?.body).toMatch(
      /\n### ❌ Coverage gate failed – changed lines: 0% \(0 of 1\), required ≥ 80%/,
    )
    coverLineTwo()
    const second = await run({ 'min-patch': '80' })
    expect(second.exitCode).toBe(0)
    expect(ours()).toHaveLength(1)
    expect(ours()[0]?.body).toMatch(/\n### ✅ Coverage gate passed – total 100\.00%/)
    expect(second.outputs['comment-url']).toBe(first.outputs['comment-url'])
    expect(pull.github.comments).toHaveLength(61)
    expect(pull.github.violations).toEqual([])
  })

  it('has one for each key', async () => {
    await run()
    await run({ 'comment-key': 'dashboard' })
    expect(ours()).toHaveLength(2)
  })

  it('is marked at the lines of the head in the diff', async () => {
    const { annotations } = await run({ 'annotation-level': 'notice' })
    expect(annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', title: 'Not covered', file: 'shop/a.py', line: 2 }),
    )
    expect((await run({ annotations: 'off' })).annotations).toEqual([])
  })
})

describe("a fork's pull request", () => {
  /** What the run for a fork has left, and what GitHub then starts another workflow with. */
  async function leaveComment(): Promise<string> {
    pull.github.fault({
      method: 'POST',
      path: '/comments',
      times: 1,
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    })
    const ran = await run({ 'min-total': '40' }, { ...pull.env(true), RUNNER_TEMP: tempDir() })
    expect(ran.exitCode).toBe(0)
    expect(ran.summary).toMatch(/^### ✅ Coverage gate passed/)
    expect(ran.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message)).toEqual([
      "Comment not posted: this run's token is read-only (fork pull request). The summary has the full report; use tokenledger-actions/coverage-comment.yml (workflow_run) to post it.",
    ])
    return ran.outputs['comment-file'] ?? ''
  }

  const workflowRun = (changes: object = {}) => ({
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_API_URL: pull.github.url,
    GITHUB_EVENT_PATH: eventFile({
      workflow_run: {
        head_sha: pull.head,
        head_branch: 'topic',
        html_url: `https://github.com/${REPOSITORY}/actions/runs/77`,
        head_repository: { full_name: REPOSITORY, owner: { login: 'acme' } },
        pull_requests: [],
        ...changes,
      },
    }),
  })

  it('gets its comment from the run that comes after it, on the pull request that GitHub names', async () => {
    const file = await leaveComment()
    const posted = await run({ 'comment-from': file }, workflowRun())
    expect(errors(posted)).toEqual([])
    expect(posted.exitCode).toBe(0)
    expect(posted.outputs['comment-url']).toMatch(/pull\/1#issuecomment-\d+$/)
    expect(ours()[0]?.body).toContain('Coverage gate passed')
    expect(ours()[0]?.body).toContain('/actions/runs/77')
  })

  it('gets none when its head has moved on meanwhile', async () => {
    const file = await leaveComment()
    const posted = await run({ 'comment-from': file }, workflowRun({ head_sha: 'f'.repeat(40) }))
    expect(posted.exitCode).toBe(0)
    expect(ours()).toEqual([])
    expect(posted.annotations[0]?.message).toBe(
      'No open pull request has the head fffffff any more, so nothing is posted.',
    )
  })

  it.each<[string, (view: Record<string, unknown>) => unknown, RegExp]>([
    ['no JSON', () => 'not JSON', /is no report of this action/],
    [
      'a verdict that does not exist',
      view => ({ ...view, verdict: { gate: 'great' } }),
      /view\.verdict\.gate is none of/,
    ],
    [
      'more covered than there is',
      view => ({ ...view, total: { statements: 1, executed: 9, exits: 0, taken: 0 } }),
      /more covered than there is/,
    ],
    [
      'a list without end',
      view => ({ ...view, warnings: Array(20_001).fill('') }),
      /view\.warnings is no list/,
    ],
    ['text without end', view => ({ ...view, errors: ['x'.repeat(5000)] }), /view\.errors\[0\] is no text/],
  ])('posts nothing from a file with %s', async (_what, change, says) => {
    const file = await leaveComment()
    const { format, view } = JSON.parse(readFileSync(file, 'utf8'))
    const changed = change(view)
    writeFileSync(file, typeof changed === 'string' ? changed : JSON.stringify({ format, view: changed }))
    const posted = await run({ 'comment-from': file }, workflowRun())
    expect(posted.exitCode).toBe(1)
    expect(errors(posted)).toEqual([expect.stringMatching(says)])
    expect(ours()).toEqual([])
  })

  it('has no say in links, nor in markup', async () => {
    const file = await leaveComment()
    const { format, view } = JSON.parse(readFileSync(file, 'utf8'))
    const hostile = '<img src=x> @everyone [free](https://evil.example) #1'
    const links = {
      serverUrl: 'https://evil.example',
      repository: 'e/e',
      pull: 9,
      runUrl: 'https://evil.example',
    }
    const changed = {
      ...view,
      links,
      upload: { text: hostile, url: 'https://evil.example' },
      warnings: [hostile],
      errors: [hostile],
    }
    writeFileSync(file, JSON.stringify({ format, view: changed }))
    const posted = await run({ 'comment-from': file }, workflowRun())
    expect(posted.exitCode).toBe(0)
    const body = ours()[0]?.body ?? ''
    expect(body).not.toMatch(/<img|[^\\]\[free\]|\]\(https:\/\/evil|(?<![\\\u200b\w])@everyone/)
    expect(body).not.toContain('](https://evil.example')
  })
})
