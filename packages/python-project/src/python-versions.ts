import { parse as parseVersion, satisfies, validRange } from '@renovatebot/pep440'
import { UserError } from '@tokenledger/kit'
import type { Pyproject } from './pyproject.ts'

/** Stable minors of CPython that GitHub's images or uv can provide. A new one is added with its release. */
export const KNOWN_PYTHONS: readonly string[] = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14']

/** Where a project that says nothing about Python starts: the oldest minor that still gets fixes. */
const OLDEST_MAINTAINED = '3.10'

/** A floor above every minor that we know is still found, so a new Python needs no new release of ours. */
const HIGHEST_MINOR = 99

/**
 * Whether a `requires-python` (PEP 440; none allows all) admits a version: `3.11.7` as it is, a minor such as `3.11`
 * when at least one 3.11.z is admitted. The `t` of a free-threaded build is ignored. A specifier that is not PEP 440
 * is a UserError.
 */
export function allowsPython(requiresPython: string | undefined, version: string): boolean {
  const specifier = requiresPython?.replace(/\s*,\s*$/, '').trim()
  if (!specifier) return true
  if (!validRange(specifier)) {
    throw new UserError(
      `requires-python "${requiresPython}" in pyproject.toml is not a PEP 440 specifier. Write it like ">=3.11" or ">=3.11,<3.14".`,
    )
  }
  const release = version.replace(/t$/, '')
  const candidates = /^\d+\.\d+$/.test(release) ? patchesToTry(specifier, release) : [release]
  return candidates.some(candidate => satisfies(candidate, specifier, { prereleases: true }))
}

/**
 * The patches of a minor among which one is admitted if any is: a run of admitted patches starts at 0, at a patch that
 * the specifier names, or right after one.
 */
function patchesToTry(specifier: string, minor: string): string[] {
  const named = [...specifier.matchAll(/\d+\.\d+\.(\d+)/g)].map(([, patch]) => Number(patch))
  return [...new Set([0, 1, ...named.flatMap(patch => [patch, patch + 1])])].map(patch => `${minor}.${patch}`)
}

/** Orders minors and exact versions by number, so that 3.9 comes before 3.10. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map(version => parseVersion(version.replace(/t$/, ''))?.release ?? [])
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The minors of the classifiers `Programming Language :: Python :: 3.x`, ascending, requires-python not asked. */
export function classifierPythons(pyproject: Pyproject): string[] {
  const minors = pyproject.classifiers.flatMap(
    classifier => /^Programming Language :: Python :: (3\.\d+)$/.exec(classifier.trim())?.[1] ?? [],
  )
  return [...new Set(minors)].sort(byVersion)
}

export interface SupportedPythons {
  /** Minors, ascending, at least one. */
  readonly versions: readonly string[]
  /** Why these. */
  readonly source: string
}

/**
 * The minors that a project supports: its classifiers within requires-python; without such classifiers every known
 * minor that requires-python admits. A requires-python that admits nothing is a UserError.
 */
export function supportedPythons(
  pyproject: Pyproject,
  known: readonly string[] = KNOWN_PYTHONS,
): SupportedPythons {
  const { requiresPython } = pyproject
  const classified = classifierPythons(pyproject).filter(minor => allowsPython(requiresPython, minor))
  if (classified.length > 0) {
    return { versions: classified, source: `classifiers${requiresPython ? ' within requires-python' : ''}` }
  }
  if (requiresPython === undefined) {
    const versions = known.filter(minor => byVersion(minor, OLDEST_MAINTAINED) >= 0)
    return { versions, source: 'no classifiers and no requires-python: every maintained Python' }
  }
  const admitted = known.filter(minor => allowsPython(requiresPython, minor))
  if (admitted.length > 0) {
    return { versions: admitted, source: `requires-python "${requiresPython}" up to ${admitted.at(-1)}` }
  }
  return {
    versions: [newerFloor(requiresPython)],
    source: `the floor of requires-python "${requiresPython}"`,
  }
}

/** The lowest minor that requires-python admits; a project without one gets the lowest that it supports. */
export function floorPython(
  pyproject: Pyproject,
  known: readonly string[] = KNOWN_PYTHONS,
): SupportedPythons {
  const { requiresPython } = pyproject
  if (requiresPython === undefined) {
    const { versions, source } = supportedPythons(pyproject, known)
    return { versions: versions.slice(0, 1), source: `lowest of ${source}` }
  }
  const floor = known.find(minor => allowsPython(requiresPython, minor)) ?? newerFloor(requiresPython)
  return { versions: [floor], source: `lowest minor that requires-python "${requiresPython}" allows` }
}

function newerFloor(requiresPython: string): string {
  for (let minor = 0; minor <= HIGHEST_MINOR; minor++) {
    if (allowsPython(requiresPython, `3.${minor}`)) return `3.${minor}`
  }
  throw new UserError(
    `requires-python "${requiresPython}" in pyproject.toml allows no Python 3. Correct its bounds.`,
  )
}
