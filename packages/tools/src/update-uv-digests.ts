/**
 * Regenerates packages/tool-install/src/uv-digests.json, the SHA-256 digests that a download of uv is held to. For
 * maintainers, when a new uv is out (then also raise DEFAULT_UV_VERSION in packages/tool-install/src/request.ts):
 *
 *   node packages/tools/src/update-uv-digests.ts [--archives <URL or file>] [--python <interpreter>]
 *
 * Archives: Astral's manifest uv.ndjson, from its mirror unless --archives names another URL or a local file; a file that
 * ends in .json is read as a flat map of `<target triple>-<version>` to digest, the form that astral-sh/setup-uv keeps.
 * Wheels: the configured package index (UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL, pip configuration), else the
 * default that pip of --python (python3) names in its help. Versions: all from FIRST on, and the last of each minor in LAST_OF.
 *
 * A digest that is already in the file and differs from what is read now ends the program: a release does not change.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compare } from '@renovatebot/pep440'
import { http } from '@tokenledger/kit'
import { ASTRAL_MIRROR, rankOf, wheelTag } from '../../tool-install/src/artifact.ts'
import { parseEndpoint } from '../../tool-install/src/endpoint.ts'
import { mirrorManifest, parseManifest } from '../../tool-install/src/manifest.ts'
import { indexInUse } from '../../tool-install/src/package-index.ts'
import type { Platform } from '../../tool-install/src/platform.ts'
import { detectPlatform } from '../../tool-install/src/platform.ts'
import { type IndexFile, projectFiles } from '../../tool-install/src/simple-index.ts'
import { root } from './repository.ts'

const FIRST = '0.11.0'
const LAST_OF = ['0.8', '0.9', '0.10']
const FILE = join(root, 'packages', 'tool-install', 'src', 'uv-digests.json')

type Digests = Record<string, Record<string, string>>

const glibc = { header: { glibcVersionRuntime: '2.39' } }
const platforms: readonly Platform[] = ['x64', 'arm64'].flatMap(arch => [
  detectPlatform({ platform: 'linux', arch, report: glibc }),
  detectPlatform({ platform: 'linux', arch, report: {} }),
  detectPlatform({ platform: 'darwin', arch, report: {} }),
  detectPlatform({ platform: 'win32', arch, report: {} }),
])

/** The versions that the file keeps of all that are released, newest first. */
export function keptVersions(released: Iterable<string>): string[] {
  const versions = [...released]
    .filter(version => /^\d+\.\d+\.\d+$/.test(version))
    .sort((a, b) => compare(b, a))
  const isLastOfMinor = (version: string) =>
    LAST_OF.some(
      minor => version.startsWith(`${minor}.`) && versions.find(v => v.startsWith(`${minor}.`)) === version,
    )
  return versions.filter(version => compare(version, FIRST) >= 0 || isLastOfMinor(version))
}

/** Archive digests, version → triple → SHA-256, from the text of uv.ndjson or of setup-uv's flat map. */
export function readArchives(name: string, text: string): Digests {
  const found: Digests = {}
  const add = (version: string, triple: string, sha256: string) => {
    if (platforms.some(platform => platform.triple === triple))
      found[version] = { ...found[version], [triple]: sha256 }
  }
  if (name.endsWith('.json')) {
    for (const [key, sha256] of Object.entries(JSON.parse(text) as Record<string, string>)) {
      const [, triple = '', version = ''] = /^(.+)-(\d+\.\d+\.\d+)$/.exec(key) ?? []
      add(version, triple, sha256)
    }
    return found
  }
  for (const { version, artifacts } of parseManifest(text)) {
    for (const { platform, variant = 'default', sha256 } of artifacts) {
      if (variant === 'default') add(version, platform, sha256)
    }
  }
  return found
}

/** Digests of a version's wheels for our platforms, platform tag → SHA-256. */
export function wheelDigests(files: readonly IndexFile[], version: string): Record<string, string> {
  const pairs = files.flatMap(({ filename, sha256 }) => {
    const tag = wheelTag(filename, version)
    return tag && sha256 && platforms.some(platform => rankOf(tag, platform) !== undefined)
      ? [[tag, sha256]]
      : []
  })
  return Object.fromEntries(pairs)
}

/** The file's text: one version a line, so that a release is one line of a diff. */
export function format(digests: Digests): string {
  const lines = Object.entries(digests).map(([version, files]) => {
    const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))
    return `  ${JSON.stringify(version)}: ${JSON.stringify(sorted)}`
  })
  return `{\n${lines.join(',\n')}\n}\n`
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { archives: { type: 'string' }, python: { type: 'string' } } })
  const archives = await archiveDigests(values.archives)
  const python = values.python ?? 'python3'
  const index = await indexInUse({ env: process.env, os: detectPlatform().os, python }, [python])
  const files = await projectFiles(index, 'uv', { connectMs: 10_000, stallMs: 30_000 })
  const digests: Digests = {}
  for (const version of keptVersions(Object.keys(archives))) {
    digests[version] = { ...archives[version], ...wheelDigests(files, version) }
  }
  refuseChanges(JSON.parse(readFileSync(FILE, 'utf8')) as Digests, digests)
  writeFileSync(FILE, format(digests))
  console.log(
    `${Object.keys(digests).length} versions, ${Object.values(digests).flatMap(Object.keys).length} digests`,
  )
}

async function archiveDigests(place: string | undefined): Promise<Digests> {
  const mirror = parseEndpoint(ASTRAL_MIRROR)
  const from = place ?? (mirror ? mirrorManifest(mirror).url : '')
  return readArchives(from, /^https?:/.test(from) ? await http.text(from) : readFileSync(from, 'utf8'))
}

function refuseChanges(before: Digests, after: Digests): void {
  for (const [version, files] of Object.entries(after)) {
    for (const [key, sha256] of Object.entries(files)) {
      const known = before[version]?.[key]
      if (known && known !== sha256)
        throw new Error(`uv ${version} ${key} was ${known} and is now ${sha256}.`)
    }
  }
}

if (process.argv[1] === import.meta.filename) await main()
