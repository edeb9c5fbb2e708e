import { type Incoming, json, type Reply } from '../loopback/server.ts'
import type { CodecovWorld, Service, SignedInBy } from './world.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the path and the body say about the repository and the branch that is uploaded. */
export interface SignInRequest {
  readonly service: string
  readonly slug: string
  /** Of the body, or of the stored commit where the path names one. */
  readonly branch: string | null
  readonly allowsTokenless: boolean
}

/**
 * Who is uploading, in codecov-api's order: no token needed, global, organisation, OIDC, repository, tokenless.
 * A credential that fits none of them counts as none, so a wrong token still passes for a fork's branch of a public
 * repository. A refusal comes back as the answer to give, in the words of the ingest service.
 */
export function signIn(world: CodecovWorld, request: SignInRequest, incoming: Incoming): SignedInBy | Reply {
  const { settings } = world
  const isOurs = request.service === settings.service && request.slug === settings.slug
  if (isOurs && !settings.isPrivate && !settings.tokenRequired) return 'no-token-needed'
  const token = tokenOf(incoming.headers.authorization)
  if (token === settings.tokens.global) return isOurs ? 'global' : unknownRepository()
  if (token === settings.tokens.organisation) return isOurs ? 'organisation' : forbidden()
  if (token && !UUID.test(token) && speaksForUs(world, token)) return isOurs ? 'oidc' : forbidden()
  if (token === settings.tokens.repository) return isOurs ? 'repository' : forbidden()
  if (token === settings.tokens.otherRepository) return forbidden()
  const isForkBranch = request.branch?.includes(':') ?? false
  if (request.allowsTokenless && isOurs && !settings.isPrivate && isForkBranch) return 'tokenless'
  return json(401, { message: 'Token required - not valid tokenless upload' })
}

/** The keyword may be spelled in any case (Django REST framework, TokenAuthentication). */
function tokenOf(authorization: string | undefined): string | undefined {
  return /^token +(\S+)$/i.exec(authorization ?? '')?.[1]
}

function forbidden(): Reply {
  return json(403, { detail: 'You do not have permission to perform this action.' })
}

function unknownRepository(): Reply {
  return json(401, { detail: 'Could not find a repository, try using repo upload token' })
}

interface OidcClaims {
  readonly iss?: string
  readonly aud?: string | readonly string[]
  readonly exp?: number
  readonly repository?: string
  readonly repository_owner?: string
}

/**
 * Whether an OIDC token is of a trusted issuer, for one of our audiences, alive, and of our repository. Its signature is not
 * checked: on loopback nobody holds the keys of GitHub.
 */
function speaksForUs({ settings, url }: CodecovWorld, token: string): boolean {
  const claims = claimsOf(token)
  const service: Service | undefined = claims?.iss ? settings.issuers[claims.iss] : undefined
  if (!claims || service !== settings.service) return false
  const audiences = [...settings.audiences, url]
  const isForUs = [claims.aud ?? []].flat().some(audience => audiences.includes(audience))
  const isAlive = claims.exp !== undefined && claims.exp * 1000 > Date.now()
  const [owner, name] = settings.slug.split('/')
  const isOfUs = claims.repository_owner === owner && claims.repository?.split('/').at(-1) === name
  return isForUs && isAlive && isOfUs
}

function claimsOf(token: string): OidcClaims | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
