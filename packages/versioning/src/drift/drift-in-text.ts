import { compareVersions } from '../compare-versions.ts'
import { parseVersion, type Version } from '../version.ts'
import type { DriftPlace, OldVersions } from './drift.ts'
import { type StatedVersion, statedVersions } from './stated-versions.ts'

/** Stands in a comment of a line that is to keep its version. */
const IGNORE = 'bump:ignore'
/** Longer lines are made by programs. */
const LONGEST_LINE = 1000

/** What a project calls its own version; in a sentence, words that say nothing of whose version it is. */
const OWN = new Set([
  ...[
    '',
    'app',
    'application',
    'package',
    'pkg',
    'project',
    'product',
    'release',
    'current',
    'our',
    'lib',
    'library',
  ],
  ...[
    'module',
    'server',
    'client',
    'api',
    'cli',
    'sdk',
    'the',
    'this',
    'a',
    'is',
    'in',
    'for',
    'to',
    'with',
    'docs',
  ],
])
/** Whose version is never the project's. */
const FOREIGN =
  /^(?:python|py|node|nodejs|npm|pnpm|yarn|uv|pip|ruff|mypy|pytest|poetry|hatch|git|go|rust|java|ruby|php|postgres(?:ql)?|pg|mysql|redis|docker|compose|os|ubuntu|debian|alpine|schema|spec|format|file|protocol|http|tls|ssl|min(?:imum)?|max(?:imum)?|required?|requires|target|since|deprecated|previous|old|last)(?:$|[_-])/

/** The lines of a text that state the version before the bump, or an older one, as the project's. */
export function driftInText(path: string, text: string, old: OldVersions): DriftPlace[] {
  const places: DriftPlace[] = []
  let line = 0
  for (const content of text.split('\n')) {
    line++
    if (content.length > LONGEST_LINE || !/version/i.test(content) || content.includes(IGNORE)) continue
    for (const stated of statedVersions(content)) {
      const age = ageOf(stated, old)
      const isThere = places.some(place => place.line === line && place.version === stated.version)
      if (age && !isThere) places.push({ path, line, version: stated.version, age })
    }
  }
  return places
}

function ageOf({ version: text, owner }: StatedVersion, { current, released = [], names = [] }: OldVersions) {
  const version = parseVersion(text)
  if (!version || version.release.length !== current.release.length || FOREIGN.test(owner)) return undefined
  if (compareVersions(version, current) === 0) return 'current'
  const isOwn = OWN.has(owner) || names.some(name => sameName(name, owner))
  // What never had a release is marked by zeros in many projects.
  const isPlaceholder = version.release.every(number => number === 0)
  if (!isOwn || isPlaceholder || compareVersions(version, current) > 0) return undefined
  const isKnown =
    isSameMajor(version, current) || released.some(other => compareVersions(other, version) === 0)
  return isKnown ? 'older' : undefined
}

function isSameMajor(a: Version, b: Version): boolean {
  return a.epoch === b.epoch && a.release[0] === b.release[0]
}

/** `my-project` is `my_project` in code. */
function sameName(a: string, b: string): boolean {
  return a.toLowerCase().replace(/[-_.]+/g, '_') === b.replace(/[-_.]+/g, '_')
}
