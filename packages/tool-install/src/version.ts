import { compare } from '@renovatebot/pep440'
import { knownDigests, knownVersions } from './digests.ts'
import { type Attempt, causeOf, couldNotGet, SourceFailure } from './failures.ts'
import { findRelease, type ManifestFile, mirrorManifest, originalManifest, type Release } from './manifest.ts'
import { indexLabel, type Order } from './order.ts'
import { versionsByPip } from './pip-client.ts'
import { honourProxy } from './proxy.ts'
import { projectFiles } from './simple-index.ts'
import { answers, inWords } from './specifier.ts'

export interface ChosenVersion {
  readonly version: string
  readonly reason: string
  /** The manifest's line, when the version came from it. */
  readonly release?: Release
}

/**
 * The version that answers the request. Exact: itself. A range: the newest that our digest table knows. Neither needs the
 * network. What is left, `latest` or a range beyond the table, is asked of the manifest and last of the package index.
 */
export async function chooseVersion(order: Order): Promise<ChosenVersion> {
  const { request, wish } = order
  if (wish.kind === 'exact') return { version: wish.version, reason: request.reason }
  if (wish.kind === 'range') {
    const version = knownVersions(await knownDigests()).find(known => answers(wish, known))
    if (version) return { version, reason: `${request.reason}, newest known for ${wish.range}` }
  }
  return askForVersion(order)
}

/** Where Astral's manifest may be read, by the sources that the user allows. */
export function manifests({ sources, mirror, around }: Order): ManifestFile[] {
  return [
    ...(sources.includes('mirror') ? [mirrorManifest(mirror)] : []),
    ...(sources.includes('github') ? [originalManifest(around.manifestHost)] : []),
  ]
}

/** Someone who knows released versions. */
interface Informant {
  readonly name: string
  readonly ask: (
    fits: (version: string) => boolean,
  ) => Promise<Pick<ChosenVersion, 'version' | 'release'> | undefined>
}

async function informants(order: Order): Promise<Informant[]> {
  const readers = manifests(order).map(file => ({
    name: new URL(file.url).host,
    ask: async (fits: (version: string) => boolean) => {
      const release = await findRelease(file, order.around.limits, fits)
      return release && { version: release.version, release }
    },
  }))
  if (!order.sources.includes('pypi')) return readers
  const index: Informant = {
    name: await indexLabel(order),
    ask: async fits => {
      const version = (await indexVersions(order)).find(fits)
      return version ? { version } : undefined
    },
  }
  return [...readers, index]
}

async function askForVersion(order: Order): Promise<ChosenVersion> {
  const { wish, request, around } = order
  const what = inWords(wish)
  const fits = (version: string) => wish.kind === 'latest' || answers(wish, version)
  const all = await informants(order)
  if (all.length === 0) throw new SourceFailure(`no version known here answers ${what}`)
  honourProxy(around.env)
  const attempts: Attempt[] = []
  for (const { name, ask } of all) {
    const started = performance.now()
    let cause: string | undefined = `it has no version for ${what}`
    try {
      const found = await ask(fits)
      if (found) return { ...found, reason: `${request.reason}, ${what} of ${name}` }
    } catch (error) {
      cause = causeOf(error)
      if (!cause) throw error
    }
    attempts.push({ source: name, cause, ms: performance.now() - started })
  }
  throw couldNotGet(what, around.platform.triple, attempts)
}

/** Released versions on the package index, newest first. */
async function indexVersions({ index, request, around }: Order): Promise<string[]> {
  const configured = await index()
  if (!configured) {
    if (!request.python) throw new SourceFailure('no index is configured and no Python to ask for its own')
    return versionsByPip(request.python, around.env)
  }
  const files = await projectFiles(configured, 'uv', around.limits)
  const versions = files.flatMap(({ filename }) => /^uv-(\d+\.\d+\.\d+)-py3-none-/.exec(filename)?.[1] ?? [])
  return [...new Set(versions)].sort((a, b) => compare(b, a))
}
