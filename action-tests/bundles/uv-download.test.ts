import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type Loopback,
  type RunBundleOptions,
  runBundle,
  serve,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'
import { detectPlatform } from '@tokenledger/tool-install'

const VERSION = '0.12.5'
const NAME = `uv-${detectPlatform().triple}`
const PATH = `/github/uv/releases/download/${VERSION}/${NAME}.tar.gz`

const archive = uvArchive()
const digest = createHash('sha256').update(archive).digest('hex')
let mirror: Loopback
let toolCache: string
let workspace: string

beforeEach(async () => {
  toolCache = tempDir()
  workspace = tempDir()
  // A Python as hosted runners have it: found by its directory, never started here.
  const python = `Python/3.11.9/${detectPlatform().arch}`
  writeFiles(toolCache, { [`${python}/bin/python3.11`]: '', [`${python}.complete`]: '' })
  writeFiles(workspace, {
    'pyproject.toml': '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.11"\n',
  })
  mirror = await serve(({ path }) => (path === PATH ? { status: 200, body: archive } : { status: 404 }))
})
afterEach(() => mirror.close())

/** The archive of a uv that only tells its version. */
function uvArchive(): Buffer {
  const folder = tempDir()
  writeFiles(folder, { [`${NAME}/uv`]: `#!/bin/sh\necho "uv ${VERSION}"\n`, [`${NAME}/uvx`]: '#!/bin/sh\n' })
  const tar = ['-cz', '--mode=755', '-C', folder, NAME]
  return spawnSync('tar', tar).stdout
}

function setUp(inputs: RunBundleOptions['inputs'] = {}) {
  const defaults = {
    install: 'none',
    'uv-version': VERSION,
    'uv-source': 'tool-cache,mirror',
    'uv-mirror': mirror.url,
    'uv-checksum': digest,
  }
  return runBundle('setup-uv-python', { workspace, toolCache, inputs: { ...defaults, ...inputs } })
}

/** Names below the tool cache's folder for uv. */
function inToolCache(): string[] {
  const folder = join(toolCache, 'uv', VERSION)
  return existsSync(folder) ? readdirSync(folder) : []
}

describe('uv from a mirror', () => {
  it('is verified, kept in the tool cache and found there by the next job', async () => {
    const first = await setUp()
    expect(first).toMatchObject({ exitCode: 0, annotations: [] })
    expect(first.outputs).toMatchObject({ 'uv-version': VERSION, 'uv-source': 'mirror', 'cache-hit': 'off' })
    expect(readFileSync(first.outputs['uv-path'] ?? '', 'utf8')).toContain(`uv ${VERSION}`)
    expect(inToolCache()).toHaveLength(2)
    const second = await setUp()
    expect(second.outputs).toMatchObject({ 'uv-source': 'tool-cache', 'uv-path': first.outputs['uv-path'] })
    expect(mirror.requests).toHaveLength(1)
    expect(second.path).toContain(dirname(first.outputs['uv-path'] ?? ''))
  })

  it('with another digest is an error with both digests, and nothing of it stays', async () => {
    const { exitCode, annotations } = await setUp({ 'uv-checksum': 'a'.repeat(64) })
    expect(exitCode).toBe(1)
    expect(annotations).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(
          new RegExp(
            `^SHA-256 of ${NAME}.tar.gz from .* is ${digest}, expected a{64} .*deleted and not run\\.$`,
          ),
        ),
      },
    ])
    expect(inToolCache()).toEqual([])
  })

  it('that stops halfway leaves nothing that the next job could take for complete', async () => {
    mirror.fault({ path: PATH, reset: true })
    const broken = await setUp()
    expect(broken.exitCode).toBe(1)
    expect(broken.annotations[0]?.message).toMatch(
      /^Could not get uv 0\.12\.5 for .* Tried: .*connection closed/,
    )
    expect(inToolCache().filter(name => !name.startsWith('.'))).toEqual([])
  })

  it('that has no such version, with no other source, is named with its cause', async () => {
    mirror.fault({ path: PATH, status: 404 })
    const { annotations } = await setUp()
    expect(annotations[0]?.message).toMatch(/Tried: 127\.0\.0\.1.* \(HTTP 404.*set uv-mirror\./s)
  })

  it('is asked a second time after a passing failure', async () => {
    mirror.fault({ path: PATH, status: 503, times: 1 })
    expect((await setUp()).outputs['uv-source']).toBe('mirror')
    expect(mirror.requests.map(({ status }) => status)).toEqual([503, 200])
  })

  it('has no known digest for a version of tomorrow', async () => {
    const { annotations } = await setUp({ 'uv-version': '99.0.0', 'uv-checksum': '' })
    expect(annotations[0]?.message).toMatch(
      /^No SHA-256 is known here for uv 99\.0\.0 \(newest known: .*\)\. Update this action, pass uv-checksum, or set uv-verify: manifest\.$/,
    )
    expect(mirror.requests).toEqual([])
  })
})
