import { UserError } from '@tokenledger/kit'
import { detectPlatform, type PlatformFacts } from '../platform.ts'
import { type CliffDigests, type CliffTable, NPM_PLATFORMS, type NpmPlatform } from './digests.ts'

/** One version of git-cliff for one platform. */
export interface CliffBuild {
  readonly version: string
  readonly platform: NpmPlatform
  /** The npm package that holds it. */
  readonly package: string
  readonly program: 'git-cliff' | 'git-cliff.exe'
  readonly digests: CliffDigests
}

const OS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/**
 * The build of a version for this machine. A UserError with the known ones for a version or a platform without digests, and
 * for Linux with musl: npm's programs for Linux need glibc 2.18 (`readelf -d` names libc.so.6 and its loader).
 */
export function cliffBuild(version: string, table: CliffTable, facts: PlatformFacts = process): CliffBuild {
  const known = table[version]
  if (!known) {
    throw new UserError(
      `No digest is known here for git-cliff ${version}; known: ${Object.keys(table).join(', ')}. Set git-cliff-version to one of them, or update this action.`,
    )
  }
  const platform = NPM_PLATFORMS.find(name => name === `${OS[facts.platform]}-${facts.arch}`)
  if (!platform) throw noBuild(`${facts.platform} ${facts.arch}`)
  if (platform.startsWith('linux') && isMusl(facts)) throw noBuild(`${platform} with musl`)
  return {
    version,
    platform,
    package: `git-cliff-${platform}`,
    program: platform.startsWith('windows') ? 'git-cliff.exe' : 'git-cliff',
    digests: known[platform],
  }
}

function isMusl(facts: PlatformFacts): boolean {
  return detectPlatform(facts === process ? undefined : facts).libc === 'musl'
}

function noBuild(platform: string): UserError {
  return new UserError(
    `There is no git-cliff for ${platform}; there is one for ${NPM_PLATFORMS.join(', ')} (Linux with glibc). Run this job on one of them, or take the notes from the changelog (notes-source: changelog).`,
  )
}
