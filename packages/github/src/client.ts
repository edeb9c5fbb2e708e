import { setTimeout as sleep } from 'node:timers/promises'
import { addressOf, exchange, type GitHubResponse, type Method, type RequestOptions } from './exchange.ts'
import { retryWait, WAITS } from './retry-wait.ts'

export type { GitHubResponse, RequestOptions } from './exchange.ts'

export interface GitHubOptions {
  /** Sent as a bearer token; it is never part of an error's message. */
  readonly token: string
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://<host>/api/v3` of GitHub Enterprise Server. */
  readonly apiUrl: string
  /** Longest time that is spent waiting before requests are sent again, for all of them together, in ms (default 30000). */
  readonly waitBudgetMs?: number
  /** Waits before a second, third and fourth try of a server that fails, in ms (default 500, 1000, 2000). */
  readonly waits?: readonly number[]
  /** First word of the codes of errors: `BUMP_FORBIDDEN` (default), `RELEASE_FORBIDDEN`. */
  readonly errorPrefix?: ErrorPrefix
}

export type ErrorPrefix = 'BUMP' | 'RELEASE' | 'PROTECT'

export interface GitHubClient {
  /**
   * Sends a request to a path such as `/repos/o/r/pulls/7`, or to an address that GitHub named, and hands out the answer,
   * whatever its status. Rate limits and 5xx are waited for and tried again while the budget lasts. Rejects with an HttpError
   * when there is no answer at all.
   * A POST is sent again only after an answer that says nothing was done (a rate limit): it might have been carried out.
   */
  request(method: Method, path: string, options?: RequestOptions): Promise<GitHubResponse>
  /** The items of a list, page by page of 100. Rejects with a {@link GitHubRefusal} when a page is no list. */
  paginate(path: string, options?: Omit<RequestOptions, 'body'>): AsyncGenerator<unknown, void>
  /** Sends a GraphQL document: a query with the retries of a GET, a mutation with those of a POST. */
  graphql(query: string, variables?: object): Promise<GitHubResponse>
  /** Waits before further tries, for those who look again at what a lost answer left. */
  readonly waits: readonly number[]
  readonly errorPrefix: ErrorPrefix
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
  errorPrefix = 'BUMP',
}: GitHubOptions): GitHubClient {
  const base = apiUrl.replace(/\/+$/, '')
  let budget = waitBudgetMs
  /** The time, in ms since 1970, to which waiting is taken off the budget. */
  let paidUntil = 0

  /**
   * True once it has waited; false when the wait is longer than what is left of the budget. Waits at the same time cost as
   * much as the longest of them.
   */
  async function waited(ms: number | undefined, { signal }: RequestOptions): Promise<boolean> {
    if (ms === undefined) return false
    const until = Date.now() + ms
    const cost = Math.min(ms, Math.max(0, until - paidUntil))
    if (cost > budget) return false
    budget -= cost
    paidUntil = Math.max(paidUntil, until)
    await sleep(ms, undefined, signal ? { signal } : {})
    return true
  }

  async function send(method: Method, url: string, options: RequestOptions, repeatable: boolean) {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await exchange(token, method, url, options)
        if (answer.status >= 500 && !repeatable) return answer
        if (!(await waited(retryWait(answer, waits[tries - 1], Date.now()), options))) return answer
      } catch (error) {
        if (!repeatable || !(await waited(waits[tries - 1], options))) throw error
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
    errorPrefix,
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
