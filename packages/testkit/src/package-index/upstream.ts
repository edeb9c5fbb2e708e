import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import * as nodeHttp from 'node:http'
import * as tls from 'node:tls'
import { promisify } from 'node:util'
import { http, retry, UserError } from '@tokenledger/kit'
import { type IndexFile, JSON_TYPE, readPage } from './simple-api.ts'

const run = promisify(execFile)

/** pip's own answer: its configuration files and environment applied to its built-in default. */
const ASK_PIP =
  "from pip._internal.commands import create_command as c; print(c('download').parser.get_default_values().index_url)"

/**
 * The package index that this computer uses: UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL, else what pip would ask.
 * A UserError when there is neither a variable nor a Python with pip.
 */
export async function findUpstream(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const set = env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || env.PIP_INDEX_URL
  if (set) return set
  for (const python of ['python3', 'python']) {
    try {
      const { stdout } = await run(python, ['-c', ASK_PIP], { env })
      if (stdout.trim()) return stdout.trim()
    } catch {
      // The other name may exist; the message below covers the case that none does.
    }
  }
  throw new UserError(
    'No package index is known: UV_DEFAULT_INDEX and PIP_INDEX_URL are not set and no Python with pip was found. Set UV_DEFAULT_INDEX to your index.',
  )
}

/**
 * Makes this process use SSL_CERT_FILE and the proxy variables as uv and pip do; Node by itself knows neither. The
 * first Node 24s lack the functions; there NODE_EXTRA_CA_CERTS and NODE_USE_ENV_PROXY serve.
 */
export async function followMachineNetwork(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (env.SSL_CERT_FILE) {
    const own = await readFile(env.SSL_CERT_FILE, 'utf8').catch(() => '')
    const certificates = own.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    tls.setDefaultCACertificates?.([...new Set([...tls.getCACertificates('default'), ...certificates])])
  }
  if (env.HTTPS_PROXY || env.https_proxy || env.HTTP_PROXY || env.http_proxy) {
    const direct = [env.no_proxy ?? env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(',')
    nodeHttp.setGlobalProxyFromEnv?.({ ...env, NO_PROXY: direct, no_proxy: direct })
  }
}

/** An index is slow now and then; uv and pip wait as long and try as often. */
const PATIENCE = { connectMs: 30_000, stallMs: 30_000 }

function openPatiently(url: string, options: http.HttpOptions): Promise<http.HttpResponse> {
  const isRetryable = (error: unknown) =>
    error instanceof http.HttpError &&
    (error.status ?? 500) >= 500 &&
    error.kind !== 'dns' &&
    error.kind !== 'tls'
  return retry(() => http.open(url, { ...PATIENCE, ...options }), { attempts: 3, delayMs: 500, isRetryable })
}

export interface Upstream {
  /** The project's files, or undefined when the index does not have it. Throws an HttpError. */
  files(project: string): Promise<readonly IndexFile[] | undefined>
  /** One file or a range of it, as a stream. Throws an HttpError. */
  open(url: string, method: 'GET' | 'HEAD', range?: string): Promise<http.HttpResponse>
}

/** `index` is the address of a simple index (PEP 503/691); user and password in it are sent as Basic credentials. */
export function upstreamAt(index: string): Upstream {
  const base = new URL(index.endsWith('/') ? index : `${index}/`)
  const authorization = credentialsOf(base)
  const headersFor = (url: string): Record<string, string> =>
    authorization && new URL(url).origin === base.origin ? { authorization } : {}
  return {
    async files(project) {
      const url = new URL(`${project}/`, base).href
      const accept = `${JSON_TYPE}, text/html;q=0.5`
      try {
        const { body, headers } = await openPatiently(url, { headers: { ...headersFor(url), accept } })
        const parts: Buffer[] = []
        for await (const part of body) parts.push(part as Buffer)
        return readPage(Buffer.concat(parts).toString('utf8'), headers.get('content-type') ?? '', url)
      } catch (error) {
        if (error instanceof http.HttpError && error.status === 404) return undefined
        throw error
      }
    },
    open: (url, method, range) =>
      openPatiently(url, {
        method,
        // A compressed answer would be unpacked on the way and no longer have the promised length.
        headers: { ...headersFor(url), 'accept-encoding': 'identity', ...(range ? { range } : {}) },
      }),
  }
}

function credentialsOf(base: URL): string | undefined {
  const { username, password } = base
  base.username = base.password = ''
  if (!username) return undefined
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
