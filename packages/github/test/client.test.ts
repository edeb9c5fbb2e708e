import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bareClone, type GitHubApi, gitRepo, startGitHubApi } from '@tokenledger/testkit'
import { GitHubRefusal, githubClient } from '../src/client.ts'

const issue = '/repos/acme/consumer/issues/1/comments'
let github: GitHubApi

beforeEach(async () => {
  github = await startGitHubApi({
    repository: 'acme/consumer',
    git: bareClone(gitRepo()),
    token: 'runner-token',
  })
  github.addPull({ title: 'Limits', head: 'main' })
})
afterEach(() => github.close())

const client = (waitBudgetMs?: number) =>
  githubClient({
    token: 'runner-token',
    apiUrl: github.url,
    ...(waitBudgetMs === undefined ? {} : { waitBudgetMs }),
  })

describe('githubClient', () => {
  it('hands out status, headers and parsed body', async () => {
    const answer = await client().request('GET', '/repos/acme/consumer')
    expect([answer.status, answer.headers.get('x-ratelimit-limit')]).toEqual([200, '5000'])
    expect(answer.body).toMatchObject({ full_name: 'acme/consumer' })
    expect(github.violations).toEqual([])
  })

  it('hands out what GitHub refuses in place of throwing', async () => {
    const { status, body } = await client().request('POST', issue, { body: { body: '  ' } })
    expect([status, body]).toMatchObject([422, { message: 'Validation Failed' }])
  })

  it('reads a list through all its pages', async () => {
    for (let n = 0; n < 230; n++) github.comments.push(comment(n))
    const ids: unknown[] = []
    for await (const item of client().paginate(issue)) ids.push((item as { id: number }).id)
    expect(ids).toEqual(Array.from({ length: 230 }, (_, n) => n))
    expect(github.requests.map(({ query }) => query)).toEqual(
      [1, 2, 3].map(page => ({ per_page: '100', page: `${page}` })),
    )
  })

  it('rejects with the answer when a page is no list', async () => {
    const all = client().paginate('/repos/acme/other/issues/1/comments').next()
    await expect(all).rejects.toThrow('GET /repos/acme/other/issues/1/comments: HTTP 404 Not Found')
    await expect(all).rejects.toBeInstanceOf(GitHubRefusal)
  })

  it('tries again after a 5xx and after a connection that broke', async () => {
    github.fault({ status: 502, body: '<html>', times: 1 })
    github.fault({ reset: true, times: 1 })
    expect((await client().request('GET', '/repos/acme/consumer')).status).toBe(200)
    expect(github.requests).toHaveLength(3)
  })

  it('waits as long as a rate limit asks, also before a POST', async () => {
    github.fault({ status: 429, body: { message: 'slow down' }, retryAfter: 1, times: 1 })
    expect((await client(1000).request('POST', issue, { body: { body: 'hi' } })).status).toBe(201)
  })

  it('gives up at once when the wait is longer than its budget', async () => {
    github.fault({ status: 403, body: { message: 'API rate limit exceeded' }, retryAfter: 1 })
    expect((await client(999).request('GET', '/repos/acme/consumer')).status).toBe(403)
    expect(github.requests).toHaveLength(1)
  })

  it('spends one budget over all its requests', async () => {
    const one = client(600)
    github.fault({ status: 503, body: {}, times: 4 })
    const statuses = [
      await one.request('GET', '/repos/acme/consumer'),
      await one.request('GET', '/repos/acme/consumer'),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([503, 503])
    expect(github.requests).toHaveLength(3)
  })

  it('pays once for waits at the same time', async () => {
    const apiUrl = github.url
    const one = githubClient({ token: 'runner-token', apiUrl, waits: [300], waitBudgetMs: 500 })
    let together = () => {}
    const both = new Promise<void>(resolve => (together = resolve))
    github.onRequest(async ({ number, phase }) => {
      if (phase !== 'before' || number > 2) return undefined
      if (number === 2) together()
      await both
      return { status: 503 }
    })
    const answers = await Promise.all([1, 2].map(() => one.request('GET', '/repos/acme/consumer')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  it('sends a POST once only when it may have been carried out', async () => {
    github.fault({ method: 'POST', status: 502, body: {}, times: 1 })
    expect((await client().request('POST', issue, { body: { body: 'hi' } })).status).toBe(502)
    github.fault({ method: 'POST', reset: true, times: 1 })
    await expect(client().request('POST', issue, { body: { body: 'hi' } })).rejects.toThrow(
      'connection closed early',
    )
    expect(github.requests).toHaveLength(2)
  })

  it('sends a mutation, and what shall be sent once, no second time either', async () => {
    github.fault({ status: 502, body: {}, times: 3 })
    const one = client()
    const answers = [
      await one.graphql('mutation($input: X) { x(input: $input) { y } }'),
      await one.request('PATCH', '/repos/acme/consumer/git/refs/heads/main', { body: {}, once: true }),
      await one.request('DELETE', '/repos/acme/consumer/git/refs/heads/main', { once: true }),
    ]
    expect([answers.map(({ status }) => status), github.requests.length]).toEqual([[502, 502, 502], 3])
  })

  it('waits for the rate limit that GraphQL tells with HTTP 200', async () => {
    const body = { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }
    github.fault({ path: '/graphql', status: 200, body, retryAfter: 0, times: 1 })
    expect((await client().graphql('{ viewer { login } }')).body).toMatchObject({ data: { viewer: {} } })
    expect(github.requests).toHaveLength(2)
  })

  it('waits between its tries as it is told', async () => {
    github.fault({ status: 502, body: {}, times: 9 })
    const quick = githubClient({ token: 'runner-token', apiUrl: github.url, waits: [1, 1] })
    expect((await quick.request('GET', '/repos/acme/consumer')).status).toBe(502)
    expect(github.requests).toHaveLength(3)
  })

  it('finds GraphQL beside the REST API of a server', async () => {
    github.fault({
      method: 'POST',
      path: '/api/graphql',
      status: 200,
      body: { data: { viewer: { login: 'me' } } },
    })
    const server = githubClient({ token: 't', apiUrl: `${github.url}/api/v3/` })
    expect((await server.graphql('{ viewer { login } }')).body).toEqual({ data: { viewer: { login: 'me' } } })
  })
})

function comment(id: number) {
  const at = '2026-01-01T00:00:00Z'
  return { id, issue: 1, body: `comment ${id}`, author: 'someone', createdAt: at, updatedAt: at }
}
