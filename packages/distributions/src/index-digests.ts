import { createHash } from 'node:crypto'
import { http, retry, UserError } from '@tokenledger/kit'
import { normalizeName } from '@tokenledger/python-project'
import {
  detectPlatform,
  type Endpoint,
  headersFor,
  honourProxy,
  type IndexFile,
  indexInUse,
  parseIndex,
  projectPage,
  SourceFailure,
} from '@tokenledger/tool-install'

export interface IndexQuestion {
  /** The project's name in any spelling. */
  readonly name: string
  /** Names of the files that matter; all of the project's when absent. */
  readonly files?: readonly string[]
  /** Base of the index's simple API, credentials in it if need be; the one that this machine installs from when absent. */
  readonly indexUrl?: string
  readonly env: NodeJS.ProcessEnv
  /** Wait before the second of three tries in ms; doubles for the third. 1000 when absent. */
  readonly delayMs?: number
}

const LIMITS = { connectMs: 10_000, stallMs: 30_000 }

/**
 * Digests (`sha256:<hex>`) by file name of what a package index has of a project, yanked files too; empty when it does not know
 * the project. Asks the simple API (PEP 691 JSON, else PEP 503 HTML), and downloads a file that is listed without a SHA-256, lest
 * it count as absent. UserErrors: RELEASE_INDEX_UNKNOWN when no index is set and no pip can be asked, RELEASE_INDEX_NO_ANSWER.
 */
export async function indexDigests(question: IndexQuestion): Promise<Map<string, string>> {
  const { name, files, indexUrl, env, delayMs = 1000 } = question
  honourProxy(env)
  const index = await endpointOf(indexUrl, env)
  const patiently = <T>(ask: () => Promise<T>) => retry(ask, { attempts: 3, delayMs, isRetryable: isPassing })
  try {
    const listed = await patiently(() => page(index, normalizeName(name)))
    const digests = new Map<string, string>()
    for (const file of listed.filter(({ filename }) => !files || files.includes(filename))) {
      const sha256 = file.sha256 ?? (await patiently(() => downloadedDigest(index, file)))
      digests.set(file.filename, `sha256:${sha256}`)
    }
    return digests
  } catch (error) {
    throw isFailure(error) ? noAnswer(index, name, error) : error
  }
}

/** A project that the index does not know has no files there. */
async function page(index: Endpoint, project: string): Promise<IndexFile[]> {
  try {
    return await projectPage(index, project, LIMITS)
  } catch (error) {
    if (error instanceof http.HttpError && error.status === 404) return []
    throw error
  }
}

async function downloadedDigest(index: Endpoint, { url }: IndexFile): Promise<string> {
  const headers = { ...headersFor(index, url), 'accept-encoding': 'identity' }
  const { body } = await http.open(url, { ...LIMITS, headers })
  const hash = createHash('sha256')
  for await (const chunk of body) hash.update(chunk as Buffer)
  return hash.digest('hex')
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

const isFailure = (error: unknown): error is Error =>
  error instanceof http.HttpError || error instanceof SourceFailure

function isPassing(error: unknown): boolean {
  const { status = 500 } = error as http.HttpError
  return error instanceof http.HttpError && (status >= 500 || status === 429)
}

function noAnswer({ url }: Endpoint, name: string, error: Error): UserError {
  const { status } = error as Partial<http.HttpError>
  const remedy =
    status === 401 || status === 403
      ? 'put a user and a token that may read it into index-url'
      : 'run the job again, or correct index-url'
  return new UserError(`RELEASE_INDEX_NO_ANSWER: ${url}/${normalizeName(name)}/: ${error.message}; ${remedy}`)
}
