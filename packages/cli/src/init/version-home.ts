import { UserError } from '@tokenledger/kit'
import { computedVersion, findVersionSources, statedVersions } from '@tokenledger/python-project'
import type { Adopter } from './adopter.ts'
import { type LiteralVersion, literalVersion } from './literal-version.ts'

/** How version-bump gets at the version. */
export type VersionHome =
  | { readonly kind: 'found' }
  /** It needs to be told that it is there. */
  | { readonly kind: 'literal'; readonly literal: LiteralVersion }
  | { readonly kind: 'none'; readonly reason: string }

export function versionHome(adopter: Adopter): VersionHome {
  const { read } = adopter
  if (hasBumpversion(adopter)) return { kind: 'found' }
  try {
    if (statedVersions(read, findVersionSources(read, '')).length > 0) return { kind: 'found' }
    const computed = computedVersion(read, '')
    if (computed?.by === 'tags') return { kind: 'none', reason: `${computed.reason} Push a tag to release.` }
    const literal = literalVersion(adopter)
    if (literal) return { kind: 'literal', literal }
    return { kind: 'none', reason: computed?.reason ?? 'Nothing says what the version of this project is.' }
  } catch (error) {
    if (error instanceof UserError) return { kind: 'none', reason: error.message }
    throw error
  }
}

function hasBumpversion({ project, read }: Adopter): boolean {
  if ('bumpversion' in project.pyproject.tool) return true
  if (['.bumpversion.toml', '.bumpversion.cfg'].some(path => read(path) !== undefined)) return true
  return /^\[bumpversion/m.test(read('setup.cfg') ?? '')
}
