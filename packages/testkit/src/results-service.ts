import { type Incoming, json, type Loopback, type Reply, serve } from './loopback/server.ts'
import { type Artifact, artifactService } from './results-service/artifact-service.ts'
import { blobRequest } from './results-service/blob-http.ts'
import { type Blob, type BlobAccess, blobStore } from './results-service/blob-store.ts'
import { type CacheEntry, cacheService } from './results-service/cache-service.ts'
import { type CacheScope, type Claims, claimsOf, mintToken, unsignedJwt } from './results-service/tokens.ts'
import { callTwirp, TwirpError, type TwirpMethod } from './results-service/twirp.ts'
import { removeDir, tempDir } from './temp-dir.ts'

export interface ResultsServiceOptions {
  /** `owner/name` in the OIDC token's claims. */
  readonly repository?: string
  /** Cache scopes of the token in `env`, own scope first. */
  readonly scopes?: readonly CacheScope[]
}

export interface ResultsService extends Loopback {
  /** What the runner sets for a job: ACTIONS_RESULTS_URL, ACTIONS_RUNTIME_TOKEN and their kin. */
  readonly env: Readonly<Record<string, string>>
  /** All entries, reserved ones included, in order of creation. */
  readonly caches: readonly CacheEntry[]
  readonly artifacts: readonly Artifact[]
  /** A token of another run, job or set of scopes; what is left out is as in `env`. */
  newToken(claims?: Partial<Claims>): string
  /** From now on this token (default: the one of `env`) may read caches and not write them, as on a fork. */
  readOnly(token?: string): void
}

const SERVICE_PATH = /^\/twirp\/github\.actions\.results\.api\.v1\.(CacheService|ArtifactService)\/(\w+)$/

/**
 * GitHub's results service on loopback: caches (v2), artifacts (v4), their blob storage, and OIDC tokens.
 * `close` ends everything and removes what was stored.
 */
export async function startResultsService(options: ResultsServiceOptions = {}): Promise<ResultsService> {
  const { repository = 'acme/consumer', scopes = [{ ref: 'refs/heads/main', access: 'read-write' }] } =
    options
  const folder = tempDir('results-service-')
  const blobs = blobStore(folder)
  const readOnlyTokens = new Set<string>()
  const signedUrl = (blob: Blob, access: BlobAccess) => loopback.url + blobs.signedPath(blob, access)
  const caches = cacheService({ blobs, signedUrl, isReadOnly: token => readOnlyTokens.has(token) })
  const artifacts = artifactService({ blobs, signedUrl })
  const services = { CacheService: caches.methods, ArtifactService: artifacts.methods }

  const loopback = await serve(incoming => {
    const [, service, method = ''] = SERVICE_PATH.exec(incoming.path) ?? []
    if (service) return rpc(services[service as keyof typeof services], method, incoming)
    const [, blob] = /^\/blob\/([\w-]+)$/.exec(incoming.path) ?? []
    if (blob) return blobRequest(blobs, blob, incoming)
    if (incoming.path === '/oidc/token') return oidcToken(repository, loopback.url, incoming)
    return new TwirpError(404, 'bad_route', `no such route: ${incoming.path}`).reply
  })

  const claims: Claims = { run: 'run-backend-1', job: 'job-backend-1', scopes }
  const token = mintToken(claims)
  return {
    ...loopback,
    env: environment(loopback.url, token),
    caches: caches.entries,
    artifacts: artifacts.artifacts,
    newToken: (other = {}) => mintToken({ ...claims, ...other }),
    readOnly: (which = token) => void readOnlyTokens.add(which),
    async close() {
      await loopback.close()
      removeDir(folder)
    },
  }
}

function environment(url: string, token: string): Record<string, string> {
  return {
    ACTIONS_RESULTS_URL: `${url}/`,
    ACTIONS_RUNTIME_URL: `${url}/`,
    ACTIONS_RUNTIME_TOKEN: token,
    ACTIONS_CACHE_SERVICE_V2: 'true',
    // Clients append "&audience=", so the URL has to have a query already.
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/oidc/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
  }
}

async function rpc(
  methods: Readonly<Record<string, TwirpMethod>>,
  name: string,
  incoming: Incoming,
): Promise<Reply> {
  const claims = claimsOf(incoming.headers.authorization)
  if (!claims)
    return new TwirpError(401, 'unauthenticated', 'the runtime token is missing or not valid').reply
  const method = methods[name]
  if (!method) return new TwirpError(404, 'bad_route', `no such method: ${name}`).reply
  return callTwirp(method, incoming, claims)
}

function oidcToken(repository: string, issuer: string, { headers, query }: Incoming): Reply {
  if (!claimsOf(headers.authorization)) return json(401, { message: 'the request token is not valid' })
  const now = Math.floor(Date.now() / 1000)
  const [owner] = repository.split('/')
  const value = unsignedJwt({
    iss: issuer,
    aud: query.get('audience') ?? `https://github.com/${owner}`,
    sub: `repo:${repository}:ref:refs/heads/main`,
    repository,
    repository_owner: owner,
    iat: now,
    exp: now + 300,
  })
  return json(200, { value })
}
