import { dirname } from 'node:path'
import { knownDigests, knownVersions } from './digests.ts'
import { type Attempt, causeOf, couldNotGet, NoDigest, notInstalled, unknownDigest } from './failures.ts'
import { indexLabel, type Order, place, type Surroundings, surroundingsOf } from './order.ts'
import type { InstalledUv, UvRequest, UvSource } from './request.ts'
import { fromGithub, fromMirror } from './sources/archive.ts'
import type { Found } from './sources/found.ts'
import { fromPath } from './sources/path.ts'
import { fromToolCache } from './sources/tool-cache.ts'
import { fromIndex } from './sources/wheel.ts'
import { inWords } from './specifier.ts'

interface Source {
  readonly find: (order: Order) => Promise<Found>
  /** What a message calls it: its host where it has one. */
  readonly label: (order: Order) => Promise<string> | string
  readonly downloads: boolean
}

const sources: Readonly<Record<UvSource, Source>> = {
  path: { find: fromPath, label: () => 'PATH', downloads: false },
  'tool-cache': { find: fromToolCache, label: () => 'tool cache', downloads: false },
  mirror: { find: fromMirror, label: order => order.mirror.host, downloads: true },
  github: { find: fromGithub, label: order => order.github.host, downloads: true },
  pypi: { find: fromIndex, label: indexLabel, downloads: true },
}

/**
 * Gets a uv that answers the request from the first source that has one, verified before it can be run.
 * Throws a UserError that names every source asked and its cause, a wrong or an unknown digest, or a specifier that is
 * none; a wrong digest ends the search, since whoever serves one source wrong bytes is better not asked twice.
 */
export async function installUv(
  request: UvRequest,
  env: NodeJS.ProcessEnv = process.env,
): Promise<InstalledUv> {
  return installIn(surroundingsOf(env), request)
}

/** {@link installUv} with all that it depends on given. */
export async function installIn(around: Surroundings, request: UvRequest): Promise<InstalledUv> {
  const started = performance.now()
  const order = place(request, around)
  const failures: Failure[] = []
  for (const source of order.sources) {
    const asked = performance.now()
    try {
      const found = await sources[source].find(order)
      return { ...found, directory: dirname(found.path), source, ms: performance.now() - started }
    } catch (error) {
      const cause = causeOf(error)
      if (!cause) throw error
      const ms = performance.now() - asked
      failures.push({ source: await sources[source].label(order), cause, ms, of: source, error })
    }
  }
  throw await verdict(order, failures)
}

interface Failure extends Attempt {
  readonly of: UvSource
  readonly error: unknown
}

async function verdict(order: Order, failures: readonly Failure[]): Promise<Error> {
  const { wish, around } = order
  const downloads = failures.filter(({ of }) => sources[of].downloads)
  const what = inWords(wish)
  if (downloads.length === 0) return notInstalled(what, around.platform.triple, failures)
  const { version } = await order.version()
  if (downloads.every(({ error }) => error instanceof NoDigest)) {
    return unknownDigest(version, knownVersions(await knownDigests())[0] ?? '')
  }
  return couldNotGet(version, around.platform.triple, downloads)
}
