import type { CacheInput, InstallMode } from './inputs.ts'

/** What to do about the cache, and why. */
export type CachePolicy =
  | { readonly kind: 'off'; readonly reason: string }
  /** A directory that stays on a self-hosted runner; no service is asked. */
  | { readonly kind: 'local'; readonly reason: string }
  | {
      readonly kind: 'service'
      readonly protocol: 'v1' | 'v2'
      readonly access: 'read' | 'write' | 'read-write'
      readonly reason: string
    }

type Environment = Readonly<Record<string, string | undefined>>

/** Decides from the `cache` input, the event, the kind of runner and what the cache service of this job permits. */
export function cachePolicy(input: CacheInput, install: InstallMode, env: Environment): CachePolicy {
  if (input === 'false') return off('cache is "false"')
  if (install === 'none') return off('nothing is installed')
  if (input === 'auto') {
    const event = poisonableEvent(env)
    if (event) return off(event)
    if (env.RUNNER_ENVIRONMENT === 'self-hosted') {
      return { kind: 'local', reason: 'a directory of this self-hosted runner' }
    }
  }
  const onlyRead = reasonToRead(input, env)
  const mode = env.ACTIONS_CACHE_MODE?.trim().toLowerCase()
  if (mode === 'none') return off('ACTIONS_CACHE_MODE is "none"')
  if (onlyRead && mode === 'write-only') return off(`ACTIONS_CACHE_MODE is "write-only" and ${onlyRead}`)
  const protocol = protocolOf(env)
  if (!protocol) return off('this runner offers no cache service')
  if (mode === 'write-only')
    return { kind: 'service', protocol, access: 'write', reason: 'ACTIONS_CACHE_MODE' }
  if (mode === 'read') return { kind: 'service', protocol, access: 'read', reason: 'ACTIONS_CACHE_MODE' }
  if (onlyRead) return { kind: 'service', protocol, access: 'read', reason: onlyRead }
  return { kind: 'service', protocol, access: 'read-write', reason: `cache is "${input}"` }
}

function off(reason: string): CachePolicy {
  return { kind: 'off', reason }
}

/**
 * What a merge group saves is seen by its own branch alone, which goes with it, and takes the room of what others restore.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache
 */
function reasonToRead(input: CacheInput, env: Environment): string | undefined {
  if (input === 'read') return 'cache is "read"'
  return input === 'auto' && env.GITHUB_EVENT_NAME === 'merge_group' ? 'merge_group event' : undefined
}

/** Runs whose results are published, or that run with rights which the author of the code does not have. */
function poisonableEvent(env: Environment): string | undefined {
  const event = env.GITHUB_EVENT_NAME ?? ''
  if (['release', 'pull_request_target', 'workflow_run'].includes(event)) return `${event} event`
  return event === 'push' && env.GITHUB_REF_TYPE === 'tag' ? 'push of a tag' : undefined
}

/** The same rule as @actions/cache: v2 where the runner says so, never on GitHub Enterprise Server. */
function protocolOf(env: Environment): 'v1' | 'v2' | undefined {
  if (!env.ACTIONS_RUNTIME_TOKEN) return undefined
  if (env.ACTIONS_CACHE_SERVICE_V2 && !isEnterpriseServer(env.GITHUB_SERVER_URL)) {
    return env.ACTIONS_RESULTS_URL ? 'v2' : undefined
  }
  return env.ACTIONS_CACHE_URL ? 'v1' : undefined
}

function isEnterpriseServer(serverUrl: string | undefined): boolean {
  if (!serverUrl) return false
  const { hostname } = new URL(serverUrl)
  return hostname !== 'github.com' && !hostname.endsWith('.ghe.com') && !hostname.endsWith('.localhost')
}

/**
 * True when the job's token says that it cannot write to any cache scope (a pull request from a fork, an untrusted event).
 * The token is a JWT whose claim `ac` lists `{Scope, Permission}`; bit 2 is write. An unreadable token says nothing.
 */
export function tokenIsReadOnly(token: string | undefined): boolean {
  try {
    const claims = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const scopes: { Permission: number }[] = JSON.parse(claims.ac)
    return scopes.every(({ Permission }) => (Permission & 2) === 0)
  } catch {
    return false
  }
}
