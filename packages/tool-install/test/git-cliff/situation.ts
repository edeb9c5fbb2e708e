import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { CliffBuild } from '../../src/git-cliff/build.ts'
import { type FakeEntry, sha256, tar } from '../support/archives.ts'
import { folder } from '../support/situation.ts'

export const PROGRAM = '#!/bin/sh\necho "git-cliff 9.9.9"\n'
export const TARBALL = '/git-cliff-linux-x64/-/git-cliff-linux-x64-9.9.9.tgz'

/** A tarball as npm packs one. */
export function npmTarball(
  entries: readonly FakeEntry[] = [
    { name: 'package/package.json', content: '{"name":"git-cliff-linux-x64","version":"9.9.9"}' },
    { name: 'package/bin/git-cliff', content: PROGRAM },
  ],
): Buffer {
  return gzipSync(tar(entries))
}

export function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`
}

/** A version that does not exist, with the digests of a tarball that a test serves. */
export function buildOf(tarball: Buffer): CliffBuild {
  return {
    version: '9.9.9',
    platform: 'linux-x64',
    package: 'git-cliff-linux-x64',
    program: 'git-cliff',
    digests: { tarball: integrityOf(tarball), program: sha256(Buffer.from(PROGRAM)) },
  }
}

/** What npm needs to know of a package before it fetches the tarball. */
export function packument(registry: string, tarball: Buffer): string {
  const dist = { tarball: `${registry}${TARBALL}`, integrity: integrityOf(tarball) }
  const version = { name: 'git-cliff-linux-x64', version: '9.9.9', dist }
  return JSON.stringify({
    name: version.name,
    'dist-tags': { latest: '9.9.9' },
    versions: { '9.9.9': version },
  })
}

export interface Runner {
  readonly env: NodeJS.ProcessEnv
  /** Folder of the version in the tool cache. */
  readonly place: string
}

/** A runner with an empty tool cache, the real npm, and no settings of npm but those given as lines of an .npmrc. */
export function runner(npmrc: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Runner {
  const home = folder()
  const cache = join(home, 'tools')
  mkdirSync(cache)
  const settings = join(home, '.npmrc')
  writeFileSync(settings, `${npmrc.join('\n')}\n`)
  return {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      RUNNER_TOOL_CACHE: cache,
      npm_config_userconfig: settings,
      npm_config_cache: join(home, 'npm-cache'),
      ...env,
    },
    place: join(cache, 'git-cliff', '9.9.9'),
  }
}
