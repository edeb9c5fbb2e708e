import { http, retry, UserError } from '@tokenledger/kit'
import { normalizeName } from '@tokenledger/python-project'
import {
  detectPlatform,
  type Endpoint,
  honourProxy,
  indexInUse,
  parseIndex,
  projectPage,
  SourceFailure,
} from '@tokenledger/tool-install'

export interface IndexQuestion {
  /** The project's name in any spelling. */
  readonly name: string
  /** Base of the index's simple API, credentials in it if need be; the one that pip is set to use when absent. */
  readonly indexUrl?: string
  readonly env: NodeJS.ProcessEnv
}

const LIMITS = { connectMs: 10_000, stallMs: 30_000 }
const ATTEMPTS = 3

/**
 * Digests (`sha256:<hex>`) by file name of all that a package index has of a project, yanked files too; empty when it does not
 * know the project. Asks the simple API (PEP 691 JSON, else PEP 503 HTML). UserErrors: RELEASE_INDEX_UNKNOWN when no index is
 * set and no pip can be asked, RELEASE_INDEX_NO_ANSWER.
 */
export async function indexDigests({ name, indexUrl, env }: IndexQuestion): Promise<Map<string, string>> {
  honourProxy(env)
  const index = await endpointOf(indexUrl, env)
  const project = normalizeName(name)
  try {
    const files = await retry(() => projectPage(index, project, LIMITS), {
      attempts: ATTEMPTS,
      delayMs: 1000,
      isRetryable: error => error instanceof http.HttpError && (error.status ?? 500) >= 500,
    })
    return new Map(files.flatMap(({ filename, sha256 }) => (sha256 ? [[filename, `sha256:${sha256}`]] : [])))
  } catch (error) {
    if (error instanceof http.HttpError && error.status === 404) return new Map()
    if (error instanceof http.HttpError || error instanceof SourceFailure)
      throw noAnswer(index, project, error)
    throw error
  }
}

async function endpointOf(indexUrl: string | undefined, env: NodeJS.ProcessEnv): Promise<Endpoint> {
  try {
    return indexUrl ? parseIndex(indexUrl.trim(), env) : await indexInUse({ env, os: detectPlatform().os })
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error
    throw new UserError(
      `RELEASE_INDEX_UNKNOWN: ${error.message}; set index-url to the simple API of the package index, such as https://packages.example.com/simple`,
    )
  }
}

function noAnswer({ url }: Endpoint, project: string, error: Error): UserError {
  const isRefused = error instanceof http.HttpError && (error.status === 401 || error.status === 403)
  const remedy = isRefused
    ? 'put a user and a token that may read it into index-url'
    : 'run the job again, or correct index-url'
  return new UserError(`RELEASE_INDEX_NO_ANSWER: ${url}/${project}/: ${error.message}; ${remedy}`)
}
