import { type Endpoint, parseEndpoint } from './endpoint.ts'
import { SourceFailure } from './failures.ts'
import { defaultIndexOfPip } from './pip-client.ts'
import { type PipSurroundings, pipIndexUrl } from './pip-configuration.ts'

/**
 * The base of the simple API that the user's environment or pip configuration names, by uv's variables first; undefined
 * when none does, and then only the client knows its default.
 */
export async function configuredIndex(surroundings: PipSurroundings): Promise<Endpoint | undefined> {
  const { env } = surroundings
  const value =
    env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || env.PIP_INDEX_URL || (await pipIndexUrl(surroundings))
  return value ? parseIndex(value.trim(), env) : undefined
}

/**
 * The index that this machine installs from: the configured one, else the default of the first Python among `pythons` that has
 * pip. Throws SourceFailure when there is none.
 */
export async function indexInUse(
  surroundings: PipSurroundings,
  pythons: readonly string[] = ['python3', 'python'],
): Promise<Endpoint> {
  const configured = await configuredIndex(surroundings)
  if (configured) return configured
  const { env } = surroundings
  const refusals: string[] = []
  for (const python of pythons) {
    try {
      return parseIndex(await defaultIndexOfPip(python, env), env)
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error
      refusals.push(error.message)
    }
  }
  throw new SourceFailure(`no package index is configured, and pip tells no default: ${refusals.join(', ')}`)
}

/** Reads an index address, also in uv's form `name=https://host/simple` with UV_INDEX_<NAME>_USERNAME and _PASSWORD. */
export function parseIndex(value: string, env: NodeJS.ProcessEnv): Endpoint {
  const [, name, address = ''] = /^(?:([\w.-]+)=)?(.*)$/s.exec(value) ?? []
  const variable = `UV_INDEX_${(name ?? '').toUpperCase().replace(/\W/g, '_')}`
  const named = name ? { user: env[`${variable}_USERNAME`], password: env[`${variable}_PASSWORD`] } : {}
  const index = parseEndpoint(address, named)
  if (!index) throw new SourceFailure('the configured index is not an HTTP address')
  return index
}
