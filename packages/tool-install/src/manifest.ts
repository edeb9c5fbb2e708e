import { http } from '@tokenledger/kit'
import { type Endpoint, headersFor } from './endpoint.ts'
import { SourceFailure } from './failures.ts'
import type { Limits } from './transfer.ts'

/** One line of Astral's list of releases; only the fields that we read. */
export interface Release {
  readonly version: string
  readonly artifacts: ReadonlyArray<{
    readonly platform: string
    readonly variant?: string
    readonly sha256: string
  }>
}

const PATH = 'v1/uv.ndjson'

export interface ManifestFile {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** The manifest as a mirror in the layout of releases.astral.sh keeps it. */
export function mirrorManifest(mirror: Endpoint): ManifestFile {
  const url = `${mirror.url}/github/versions/main/${PATH}`
  return { url, headers: headersFor(mirror, url) }
}

/** The manifest in its own repository, where Astral writes it. */
export function originalManifest(rawHost: string): ManifestFile {
  return { url: `${rawHost}/astral-sh/versions/main/${PATH}`, headers: {} }
}

/**
 * Reads the manifest, one release a line and the newest first, and stops at the first that `matches`: the rest of some
 * 2 MB is not downloaded. Throws HttpError, or SourceFailure when it is not a manifest.
 */
export async function findRelease(
  { url, headers }: ManifestFile,
  limits: Limits,
  matches: (version: string) => boolean,
): Promise<Release | undefined> {
  const { body } = await http.open(url, { ...limits, headers })
  for await (const line of linesOf(body)) {
    const release = parse(line)
    if (matches(release.version)) return release
  }
  return undefined
}

/** SHA-256 of the release archive for a target triple, as the manifest states it. */
export function digestIn(release: Release, triple: string): string | undefined {
  return release.artifacts.find(
    ({ platform, variant = 'default' }) => platform === triple && variant === 'default',
  )?.sha256
}

/** The releases of a whole manifest that is at hand as text. */
export function parseManifest(text: string): Release[] {
  return text.split('\n').filter(Boolean).map(parse)
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let pending = ''
  for await (const chunk of chunks) {
    const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n')
    pending = lines.pop() ?? ''
    yield* lines.filter(Boolean)
  }
  if (pending) yield pending
}

function parse(line: string): Release {
  try {
    const { version, artifacts } = JSON.parse(line)
    if (typeof version === 'string' && Array.isArray(artifacts)) return { version, artifacts }
  } catch {
    // Told below: a proxy's login page and a damaged line are the same to the reader.
  }
  throw new SourceFailure('its version list is not in the expected format')
}
