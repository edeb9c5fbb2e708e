import { randomUUID } from 'node:crypto'

/** Services that a path may name; another one is answered with 400 (codecov-api, `Service`). */
export const SERVICES = [
  'github',
  'github_enterprise',
  'gitlab',
  'gitlab_enterprise',
  'bitbucket',
  'bitbucket_server',
] as const
export type Service = (typeof SERVICES)[number]

/** The one repository that the stand-in knows, and what its organisation has set. */
export interface CodecovSettings {
  /** `owner/name`; a GitLab subgroup is part of the owner. */
  readonly slug: string
  readonly service: Service
  readonly isPrivate: boolean
  /** False: the organisation lets public repositories upload without a token. */
  readonly tokenRequired: boolean
  readonly isDeactivated: boolean
  readonly tokens: CodecovTokens
  /** Audiences of an OIDC token that are accepted; the stand-in's own address is always one of them. */
  readonly audiences: readonly string[]
  /** Issuers of OIDC tokens that are trusted, with the service whose repositories they speak for. */
  readonly issuers: Readonly<Record<string, Service>>
  /** How long the address of an upload lives, in ms. */
  readonly presignedMs: number
}

export interface CodecovTokens {
  readonly repository: string
  readonly organisation: string
  readonly global: string
  /** The token of a repository that is not this one. */
  readonly otherRepository: string
}

/** One report file as it was before it was packed. */
export interface StoredReport {
  readonly filename: string
  readonly content: Buffer
}

/** What came by PUT, decoded. */
export interface StoredPayload {
  readonly network: readonly string[]
  readonly reports: readonly StoredReport[]
  readonly fixes: unknown
  readonly bytes: number
}

export interface CodecovUpload {
  readonly id: string
  readonly commit: string
  readonly flags: readonly string[]
  readonly name: string | null
  readonly ciUrl: string | null
  readonly jobCode: string | null
  readonly signedInBy: SignedInBy
  /** Absent until the PUT is through. */
  payload?: StoredPayload
}

export interface CodecovCommit {
  readonly sha: string
  branch: string | null
  pull: string | null
  hasReport: boolean
}

export type SignedInBy = 'no-token-needed' | 'global' | 'organisation' | 'oidc' | 'repository' | 'tokenless'

export interface CodecovWorld {
  readonly settings: CodecovSettings
  readonly commits: Map<string, CodecovCommit>
  readonly uploads: CodecovUpload[]
  /** Known only when the server listens. */
  url: string
}

export function newWorld(settings: CodecovSettings): CodecovWorld {
  return { settings, commits: new Map(), uploads: [], url: '' }
}

/** `owner/repo` → `owner::::repo`; levels of a GitLab group are joined by three colons. */
export function encodedSlug(slug: string): string {
  const [repository = '', ...groups] = slug.split('/').reverse()
  return `${groups.reverse().join(':::')}::::${repository}`
}

/** Creates a commit, or fills what an earlier request left empty (codecov-api, CommitSerializer). */
export function recordCommit(
  world: CodecovWorld,
  { sha, branch, pull }: { sha: string; branch: string | null; pull: string | null },
): CodecovCommit {
  const commit = world.commits.get(sha) ?? { sha, branch, pull, hasReport: false }
  commit.branch ??= branch
  commit.pull ??= pull
  world.commits.set(sha, commit)
  return commit
}

export function recordUpload(
  world: CodecovWorld,
  commit: string,
  body: Readonly<Record<string, unknown>>,
  signedInBy: SignedInBy,
): CodecovUpload {
  const words = (key: string) => (body[key] as string | null | undefined) ?? null
  const upload: CodecovUpload = {
    id: randomUUID(),
    commit,
    flags: (body.flags as string[] | undefined) ?? [],
    name: words('name'),
    ciUrl: words('ci_url'),
    jobCode: words('job_code'),
    signedInBy,
  }
  world.uploads.push(upload)
  return upload
}
