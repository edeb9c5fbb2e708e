import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { http } from '@tokenledger/kit'
import { retryWait, WAITS } from './retry-wait.ts'

export interface GitHubOptions {
  /** Sent as a bearer token; it is never part of an error's message. */
  readonly token: string
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://<host>/api/v3` of GitHub Enterprise Server. */
  readonly apiUrl: string
  /** Longest time that is spent waiting before requests are sent again, for all of them together, in ms (default 30000). */
  readonly waitBudgetMs?: number
  /** Waits before a second, third and fourth try of a server that fails, in ms (default 500, 1000, 2000). */
  readonly waits?: readonly number[]
}

type Method = NonNullable<http.HttpOptions['method']>

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number>>
  /** Sent as JSON. */
  readonly body?: object
  /** Media type (default `application/vnd.github+json`). */
  readonly accept?: string
  /** Sent again only when an answer says that nothing was done, as every POST (default false). */
  readonly once?: boolean
}

export interface GitHubResponse {
  readonly status: number
  readonly headers: http.HttpResponse['headers']
  /** Parsed when it is JSON, else text; undefined when empty. */
  readonly body: unknown
}

export interface GitHubClient {
  /**
   * Sends a request to a path such as `/repos/o/r/pulls/7` and hands out the answer, whatever its status. Rate limits and 5xx
   * are waited for and tried again while the budget lasts. Rejects with an HttpError when there is no answer at all.
   * A POST is sent again only after an answer that says nothing was done (a rate limit): it might have been carried out.
   */
  request(method: Method, path: string, options?: RequestOptions): Promise<GitHubResponse>
  /** The items of a list, page by page of 100. Rejects with a {@link GitHubRefusal} when a page is no list. */
  paginate(path: string, options?: Omit<RequestOptions, 'body'>): AsyncGenerator<unknown, void>
  /** Sends a GraphQL document: a query with the retries of a GET, a mutation with those of a POST. */
  graphql(query: string, variables?: object): Promise<GitHubResponse>
  /** Waits before further tries, for those who look again at what a lost answer left. */
  readonly waits: readonly number[]
}

/** An answer that is not what was asked for. */
export class GitHubRefusal extends Error {
  override readonly name = 'GitHubRefusal'
  readonly response: GitHubResponse

  constructor(what: string, response: GitHubResponse) {
    super(`${what}: HTTP ${response.status} ${wordsOf(response)}`.trimEnd())
    this.response = response
  }
}

/** GitHub's REST API over node:http, with time-outs: loading octokit alone costs a job 60 ms. */
export function githubClient({
  token,
  apiUrl,
  waitBudgetMs = 30_000,
  waits = WAITS,
}: GitHubOptions): GitHubClient {
  const base = apiUrl.replace(/\/+$/, '')
  let budget = waitBudgetMs

  async function attempt(method: Method, url: string, { body, accept }: RequestOptions) {
    const answer = await http.open(url, {
      method,
      everyStatus: true,
      connectMs: 15_000,
      headers: {
        authorization: `Bearer ${token}`,
        accept: accept ?? 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: answer.status, headers: answer.headers, body: await parsed(answer) }
  }

  /** True once it has waited; false when the wait is longer than what is left of the budget. */
  async function waited(ms: number | undefined): Promise<boolean> {
    if (ms === undefined || ms > budget) return false
    budget -= ms
    await sleep(ms)
    return true
  }

  async function send(method: Method, url: string, options: RequestOptions, repeatable: boolean) {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await attempt(method, url, options)
        if (answer.status >= 500 && !repeatable) return answer
        if (!(await waited(retryWait(answer, waits[tries - 1], Date.now())))) return answer
      } catch (error) {
        if (!repeatable || !(await waited(waits[tries - 1]))) throw error
      }
    }
  }

  const request: GitHubClient['request'] = (method, path, options = {}) =>
    send(method, addressOf(base, path, options.query), options, method !== 'POST' && !options.once)

  return {
    request,
    async *paginate(path, options = {}) {
      for (let page = 1; ; page++) {
        const query = { per_page: 100, ...options.query, page }
        const answer = await request('GET', path, { ...options, query })
        if (!Array.isArray(answer.body)) throw new GitHubRefusal(`GET ${path}`, answer)
        yield* answer.body
        // Full pages say little: GitHub leaves out what the reader may not see.
        if (!answer.headers.get('link')?.includes('rel="next"')) return
      }
    },
    // https://docs.github.com/en/enterprise-server/graphql/guides/forming-calls-with-graphql: `/api/graphql` beside `/api/v3`.
    graphql: (query, variables = {}) =>
      send(
        'POST',
        `${base.replace(/\/v3$/, '')}/graphql`,
        { body: { query, variables } },
        !/^\s*mutation\b/.test(query),
      ),
    waits,
  }
}

/** What GitHub says about its answer, in one line of at most 300 characters without workflow commands. */
export function wordsOf({ body }: GitHubResponse): string {
  const { message: said, errors } = (body ?? {}) as { message?: unknown; errors?: { message?: string }[] }
  const details = Array.isArray(errors) ? errors.map(({ message }) => message).filter(Boolean) : []
  // REST says `Validation Failed` and then what; GraphQL has nothing but the list.
  const message = details.length > 0 ? [said, ...details].filter(Boolean).join(': ') : (said ?? body ?? '')
  const text = typeof message === 'string' ? message : JSON.stringify(message)
  return text.replace(/\s+/g, ' ').replaceAll('::', ':').slice(0, 300)
}

function addressOf(base: string, path: string, query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value))
  return parameters.size > 0 ? `${base}${path}?${parameters}` : `${base}${path}`
}

async function parsed({ headers, body }: http.HttpResponse): Promise<unknown> {
  const words = await text(body)
  if (words === '') return undefined
  if (!headers.get('content-type')?.includes('json')) return words
  try {
    return JSON.parse(words)
  } catch {
    return words
  }
}
