import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { http, UserError } from '@tokenledger/kit'
import { type Attempt, causeOf } from '../failures.ts'
import { discard, isComplete, publish, type Slot, slots } from '../tool-cache.ts'
import { type CliffBuild, cliffBuild } from './build.ts'
import { KNOWN_DIGESTS } from './digests.ts'
import { npmRegistry, packByNpm } from './npm.ts'
import { download, type Tarball, tarballName, unpack } from './tarball.ts'

export interface InstalledGitCliff {
  /** Absolute. */
  readonly path: string
  readonly version: string
  readonly source: 'tool-cache' | 'npm'
  /** Wall time in ms. */
  readonly ms: number
}

/**
 * Gets git-cliff out of the tool cache, else from the registry that npm is set to use. The tarball is held to the SHA-512 of our
 * source before any of it is put where it can be run, and the program to its own SHA-256 before each use. A UserError for a
 * version or platform without digests, for a wrong digest, and when it cannot be had (with every source and its cause).
 */
export async function installGitCliff({
  version,
  env = process.env,
}: {
  readonly version: string
  readonly env?: NodeJS.ProcessEnv
}): Promise<InstalledGitCliff> {
  return installBuild(cliffBuild(version, KNOWN_DIGESTS), env)
}

/** {@link installGitCliff} for a build. */
export async function installBuild(build: CliffBuild, env: NodeJS.ProcessEnv): Promise<InstalledGitCliff> {
  const started = performance.now()
  const { version } = build
  const places: Slot[] = []
  for (const slot of slots(env, version, build.platform, build.program, 'git-cliff')) {
    if (await isSound(slot, build)) {
      return { path: slot.program, version, source: 'tool-cache', ms: performance.now() - started }
    }
    // What does not hold is not left for another step to run.
    if (!isComplete(slot) || (await discard(slot))) places.push(slot)
  }
  const path = await fromNpm(build, env, places)
  return { path, version, source: 'npm', ms: performance.now() - started }
}

async function isSound(slot: Slot, { digests }: CliffBuild): Promise<boolean> {
  if (!isComplete(slot)) return false
  const bytes = await readFile(slot.program)
  return createHash('sha256').update(bytes).digest('hex') === digests.program
}

const SOURCES = [
  {
    label: async (env: NodeJS.ProcessEnv) =>
      (await npmRegistry(env).catch(() => undefined))?.host ?? 'registry of npm',
    get: (build: CliffBuild, env: NodeJS.ProcessEnv, _directory: string) => download(build, env),
  },
  {
    label: async () => 'npm pack',
    get: async (build: CliffBuild, env: NodeJS.ProcessEnv, directory: string): Promise<Tarball> => {
      await mkdir(directory)
      const bytes = await packByNpm(`${build.package}@${build.version}`, directory, env)
      await rm(directory, { recursive: true })
      return { name: tarballName(build), from: 'npm pack', bytes }
    },
  },
]

async function fromNpm(build: CliffBuild, env: NodeJS.ProcessEnv, places: readonly Slot[]): Promise<string> {
  const failures: Attempt[] = []
  for (const { label, get } of SOURCES) {
    const asked = performance.now()
    try {
      return await place(build, places, directory => get(build, env, join(directory, 'npm')))
    } catch (error) {
      const cause = causeOf(error)
      if (!cause) throw error
      failures.push({ source: await label(env), cause, ms: performance.now() - asked })
    }
  }
  throw couldNotGet(build, failures)
}

async function place(
  build: CliffBuild,
  places: readonly Slot[],
  get: (directory: string) => Promise<Tarball>,
): Promise<string> {
  const { slot } = await publish(places, async directory => unpack(await get(directory), build, directory))
  // Another installer may have been faster; what it put there is held to the same digest.
  if (await isSound(slot, build)) return slot.program
  throw new UserError(
    `SHA-256 of ${slot.program} is not ${build.digests.program} (bundled). It was not run; delete it and run this again.`,
  )
}

function couldNotGet({ version, platform }: CliffBuild, attempts: readonly Attempt[]): UserError {
  const tried = attempts.map(({ source, cause, ms }) => `${source} (${cause}, ${http.seconds(ms)})`)
  return new UserError(
    `Could not get git-cliff ${version} for ${platform}. Tried: ${tried.join(', ')}. ` +
      'Behind a proxy set HTTPS_PROXY and NODE_EXTRA_CA_CERTS; with a registry of your own set npm_config_registry.',
  )
}
