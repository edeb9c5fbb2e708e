export interface CacheScope {
  /** `refs/heads/main`, or `refs/pull/7/merge` for a pull request. */
  readonly ref: string
  readonly access: 'read' | 'write' | 'read-write'
}

export interface Claims {
  /** Backend ids of the workflow run and the job. */
  readonly run: string
  readonly job: string
  /** Own scope first, then the ones that may be read as well, as GitHub lists them. */
  readonly scopes: readonly CacheScope[]
}

const PERMISSIONS = { read: 1, write: 2, 'read-write': 3 } as const
const YEAR_2100 = 4_102_444_800

/** A runtime token in the shape of GitHub's: scopes of the results service in `scp`, those of the cache in `ac`. */
export function mintToken({ run, job, scopes }: Claims): string {
  return unsignedJwt({
    scp: `Actions.GenericRead:00000000 Actions.Results:${run}:${job}`,
    ac: JSON.stringify(scopes.map(({ ref, access }) => ({ Scope: ref, Permission: PERMISSIONS[access] }))),
    exp: YEAR_2100,
  })
}

/** The claims of an `Authorization: Bearer` header; undefined when it holds no token of {@link mintToken}. */
export function claimsOf(authorization: string | undefined): Claims | undefined {
  const payload = /^Bearer [^.]+\.([^.]+)\./i.exec(authorization ?? '')?.[1]
  if (!payload) return undefined
  try {
    const { scp, ac } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    const [, run, job] = /Actions\.Results:([^:]+):(\S+)/.exec(scp) ?? []
    return run && job ? { run, job, scopes: scopesOf(ac) } : undefined
  } catch {
    return undefined
  }
}

function scopesOf(ac: string): CacheScope[] {
  const listed: { Scope: string; Permission: number }[] = JSON.parse(ac)
  return listed.map(({ Scope: ref, Permission }) => ({
    ref,
    access: Permission === 3 ? 'read-write' : Permission === 2 ? 'write' : 'read',
  }))
}

/** A token without a signature: enough for clients, which never verify their own. */
export function unsignedJwt(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.`
}
