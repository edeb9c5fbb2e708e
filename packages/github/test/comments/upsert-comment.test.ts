import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bareClone, type GitHubApi, gitRepo, startGitHubApi } from '@tokenledger/testkit'
import { type CommentWish, upsertComment } from '../../src/comments/upsert-comment.ts'

const repository = 'acme/consumer'
const marker = '<!-- tokenledger-coverage:default -->'
let github: GitHubApi

beforeEach(async () => {
  github = await startGitHubApi({ repository, git: bareClone(gitRepo()), token: 'runner-token' })
  github.addPull({ title: 'Limits', head: 'main' })
})
afterEach(() => github.close())

const post = (words: string, wish: Partial<CommentWish> = {}) =>
  upsertComment({
    repository,
    issue: 1,
    marker,
    body: `${marker}\n${words}\n`,
    token: 'runner-token',
    apiUrl: github.url,
    ...wish,
  })

/** Comments of people, and of other bots, that are there before. */
function others(count: number, body = 'I would name it otherwise.') {
  for (let n = 0; n < count; n++) seed('someone', body)
}

let seeded = 0
function seed(author: string, body: string): number {
  const id = 10_000 + seeded++
  const at = '2026-01-01T00:00:00Z'
  github.comments.push({ id, issue: 1, body, author, createdAt: at, updatedAt: at })
  return id
}

const bodies = () => github.comments.map(({ author, body }) => `${author}: ${body.trimEnd()}`)
const ours = () => bodies().filter(body => body.startsWith(`github-actions[bot]: ${marker}`))
const sent = () => github.requests.map(({ method }) => method)

async function arrived(method: string, count = 1) {
  while (sent().filter(each => each === method).length < count) await sleep(2)
}

describe('upsertComment', () => {
  it.each([60, 260])(
    'updates its one comment in place on a second run with %d other comments',
    async count => {
      others(count)
      const first = await post('first')
      others(count)
      const second = await post('second')
      expect([first.kind, second.kind]).toEqual(['created', 'updated'])
      expect(second).toHaveProperty('url', (first as { url: string }).url)
      expect(ours()).toEqual([`github-actions[bot]: ${marker}\nsecond`])
      expect(github.comments).toHaveLength(2 * count + 1)
      expect(github.violations).toEqual([])
    },
  )

  it('leaves a comment with the same text alone', async () => {
    await post('same')
    expect(await post('same')).toMatchObject({ kind: 'unchanged' })
    expect(sent()).not.toContain('PATCH')
  })

  it('creates none where it shall only update', async () => {
    expect(await post('quiet', { onlyUpdate: true })).toEqual({ kind: 'none' })
    await post('loud')
    expect(await post('quiet', { onlyUpdate: true })).toMatchObject({ kind: 'updated' })
    expect(ours()).toEqual([`github-actions[bot]: ${marker}\nquiet`])
  })

  it('keeps one comment per key', async () => {
    const other = '<!-- tokenledger-coverage:dashboard -->'
    await post('python')
    await post('react', { marker: other, body: `${other}\nreact` })
    await post('python again')
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['python again', 'react'])
  })

  it("takes neither the marker in somebody else's comment nor one that quotes it further down", async () => {
    seed('mallory', `${marker}\nmine`)
    seed('github-actions[bot]', `> ${marker}\nquoted`)
    seed('github-actions[bot]', `Look:\n${marker}`)
    expect(await post('ours')).toMatchObject({ kind: 'created' })
    expect(github.comments.map(({ body }) => body.trimEnd()).slice(0, 3)).toEqual([
      `${marker}\nmine`,
      `> ${marker}\nquoted`,
      `Look:\n${marker}`,
    ])
  })

  it('knows the comments of an own app or of a person by the login of the token', async () => {
    github.fault({
      method: 'POST',
      path: '/graphql',
      status: 200,
      body: { data: { viewer: { login: 'house[bot]' } } },
    })
    const id = seed('house[bot]', `${marker}\nold`)
    seed('mallory', `${marker}\nmine`)
    expect(await post('new')).toMatchObject({ kind: 'updated', url: expect.stringContaining(`${id}`) })
    expect(bodies()).toEqual([`house[bot]: ${marker}\nnew`, `mallory: ${marker}\nmine`])
  })

  it('asks for the login of the token only when it has to', async () => {
    others(3)
    await post('first')
    await post('second')
    expect(github.requests.map(({ path }) => path)).not.toContain('/graphql')
  })
})

describe('two runs at once', () => {
  it('that both created a comment leave the older one, with the text of the later run', async () => {
    others(5)
    github.fault({ method: 'POST', delayMs: 1000, times: 1 })
    const slow = post('slow')
    await arrived('POST')
    const quick = await post('quick')
    expect(quick.kind).toBe('created')
    expect(await slow).toEqual({ ...quick, kind: 'updated' })
    expect(ours()).toEqual([`github-actions[bot]: ${marker}\nslow`])
    expect(sent().filter(method => method === 'POST')).toHaveLength(2)
  })

  it('leave it to the later one to take its duplicate away', async () => {
    for (const delayMs of [0, 500]) github.fault({ method: 'GET', delayMs, times: 1 })
    const older = post('older')
    await arrived('GET', 2)
    seed('github-actions[bot]', `${marker}\nnewer`)
    expect(await older).toMatchObject({ kind: 'created' })
    expect(sent()).not.toContain('DELETE')
  })

  it('leave duplicates of a run that was killed to the next one', async () => {
    const oldest = seed('github-actions[bot]', `${marker}\na`)
    seed('github-actions[bot]', `${marker}\nb`)
    expect(await post('c')).toMatchObject({ kind: 'updated', url: expect.stringContaining(`${oldest}`) })
    expect(bodies()).toEqual([`github-actions[bot]: ${marker}\nc`])
  })

  it('create the comment anew when it was deleted under one of them', async () => {
    seed('github-actions[bot]', `${marker}\nold`)
    github.fault({ method: 'PATCH', status: 404, body: { message: 'Not Found' }, times: 1 })
    expect(await post('new')).toMatchObject({ kind: 'updated' })
  })
})

describe('a failing server', () => {
  it('is asked again, without a second comment when the first one was created after all', async () => {
    github.fault({ method: 'POST', status: 502, body: '<html>', times: 1 })
    expect(await post('once')).toMatchObject({ kind: 'created' })
    expect(ours()).toHaveLength(1)
  })

  it('that created a comment and then failed gets no second one', async () => {
    github.fault({ method: 'POST', status: 502, body: '<html>', delayMs: 300, times: 1 })
    const outcome = post('once')
    await arrived('POST')
    seed('github-actions[bot]', `${marker}\nonce`)
    expect(await outcome).toMatchObject({ kind: 'unchanged' })
    expect(ours()).toHaveLength(1)
  })

  it('is given up with a reason', async () => {
    github.fault({ status: 503, body: { message: 'Service Unavailable' } })
    expect(await post('x', { waitBudgetMs: 0 })).toEqual({
      kind: 'refused',
      cause: 'unreachable',
      reason:
        'Comment not posted: GitHub answered 503 "Service Unavailable". The summary has the full report; re-run this job later.',
    })
  })

  it('that is not there at all is told too', async () => {
    await github.close()
    const outcome = await post('x', { waitBudgetMs: 0 })
    expect(outcome).toMatchObject({
      cause: 'unreachable',
      reason: expect.stringContaining('(connection refused)'),
    })
  })

  it('with a rate limit is waited for within the budget', async () => {
    const limit = { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } }
    github.fault({ ...limit, retryAfter: 1, times: 1 })
    expect(await post('x')).toMatchObject({ kind: 'created' })
    github.fault({ ...limit, retryAfter: 900, times: 1 })
    expect(await post('y')).toMatchObject({ kind: 'refused', cause: 'rate-limited' })
  })
})

describe('a token that may not write', () => {
  const integration = { message: 'Resource not accessible by integration' }

  it('of a fork is pointed to the workflow that may', async () => {
    github.fault({ method: 'POST', status: 403, body: integration })
    expect(await post('x', { fork: true })).toEqual({
      kind: 'refused',
      cause: 'read-only',
      reason:
        "Comment not posted: this run's token is read-only (fork pull request). The summary has the full report; use tokenledger-actions/coverage-comment.yml (workflow_run) to post it.",
    })
  })

  it.each([403, 404])('of the own repository is told the permission that is missing (%d)', async status => {
    github.fault({ method: 'POST', status, body: integration })
    const outcome = await post('x')
    expect(outcome).toMatchObject({ kind: 'refused', cause: 'read-only' })
    expect((outcome as { reason: string }).reason).toContain('Add "pull-requests: write" to the permissions')
    expect(sent()).toEqual(['GET', 'POST'])
  })

  it('is told from one that may write but not update', async () => {
    seed('github-actions[bot]', `${marker}\nold`)
    github.fault({ method: 'PATCH', status: 403, body: integration })
    expect(await post('x')).toMatchObject({ kind: 'refused', cause: 'read-only' })
  })

  it.each([
    [401, 'Bad credentials', 'rejected', 'Check github-token.'],
    [403, 'Unable to create comment because issue is locked.', 'locked', 'the conversation is locked'],
    [422, 'Validation Failed', 'rejected', 'GitHub answered 422 "Validation Failed".'],
  ])('is told from other refusals: %d %s', async (status, message, cause, words) => {
    github.fault({ method: 'POST', status, body: { message } })
    expect(await post('x')).toMatchObject({ kind: 'refused', cause, reason: expect.stringContaining(words) })
  })
})

describe('the body', () => {
  it('is cut at a line when it is longer than GitHub takes', async () => {
    const long = 'one line of many\n'.repeat(5000)
    expect(await post(long)).toMatchObject({ kind: 'created' })
    const body = github.comments[0]?.body ?? ''
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(body).toMatch(/one line of many\n\n_Cut here: .*_\n$/)
    expect(await post(long)).toMatchObject({ kind: 'unchanged' })
  })

  it('that lacks its marker is a bug, found before anything is sent', async () => {
    await expect(post('x', { body: 'x' })).rejects.toThrow('does not begin with its marker')
    expect(github.requests).toEqual([])
  })
})
