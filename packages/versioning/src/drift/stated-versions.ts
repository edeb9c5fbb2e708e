/** A version that a line gives to something, such as `app_version = "1.2.3"`. */
export interface StatedVersion {
  /** Without a `v`. */
  readonly version: string
  /** What stands before the word in its name, in lower case: `app` of `app_version`, empty for `__version__`. */
  readonly owner: string
}

/** `conversion` and `subversion` are other words; `appVersion` is this one. */
const WORD = /(?:(?<![A-Za-z])version|(?<![A-Z])Version|(?<![A-Za-z])VERSION)(?![A-Za-z])/g
const NAME_BEFORE = /([\w-]*)$/
/** `numpy.__version__` is that of numpy. */
const MODULE_BEFORE = /([A-Za-z]\w*)\.__$/
/** A word that says whose version a sentence means: `Python version 3.11`. */
const WORD_BEFORE = /([A-Za-z]+) $/
/**
 * A version at its boundaries: no digit, and no dot with a digit, may touch it. One after a comparison is a requirement.
 */
const LITERAL =
  /(?<![\w.+-]|[<>~^!]=? ?|==)v?(\d+(?:\.\d+)+(?:[-._]?(?:a|b|c|rc|alpha|beta|pre|preview|post|dev)[-._]?\d*)*(?:\+[a-z\d.]+)?)(?![\w+-]|\.\d)/gi
/** Characters that may be between the word and its version. */
const NEAR = 30
/** Between them is no other value, and no end of what the word belongs to. */
const GAP = /^[^\d;{}]*$/
const GAP_BEFORE = /^["'`\s)\]=!,]*(?:(?:in|is)\s+)?[\w.]*$/

/** What follows a name that gets its value there, so that one before it is another's. */
const ASSIGNED = /^\w*["'\]]*\s*[:=](?!=)/
/** `badge/version-1.2.3-blue` of a README. */
const BADGE = /\/badge\/(?:[\w%.]*[-_])?version-v?(\d+(?:\.\d+)+[\w.]*)-/gi

/** The versions that a line of a file gives to something, each with the name it is given to. */
export function statedVersions(line: string): StatedVersion[] {
  const literals = [...line.matchAll(LITERAL)].map(found => ({
    version: found[1] ?? '',
    start: found.index,
    end: found.index + found[0].length,
  }))
  const badges = [...line.matchAll(BADGE)].map(([, version = '']) => ({ version, owner: '' }))
  if (literals.length === 0) return badges
  const stated = [...line.matchAll(WORD)].flatMap(word => {
    const end = word.index + word[0].length
    const after = literals.find(({ start }) => start >= end)
    const before = literals.findLast(literal => literal.end <= word.index)
    const isAfter = after && after.start - end <= NEAR && GAP.test(line.slice(end, after.start))
    const isBefore =
      before && GAP_BEFORE.test(line.slice(before.end, word.index)) && !ASSIGNED.test(line.slice(end))
    const literal = isAfter ? after : isBefore ? before : undefined
    return literal ? [{ version: literal.version, owner: ownerOf(line.slice(0, word.index)) }] : []
  })
  return [...badges, ...stated]
}

function ownerOf(before: string): string {
  const [, name = ''] = NAME_BEFORE.exec(before) ?? []
  const [, module = ''] = MODULE_BEFORE.exec(before) ?? []
  const owner = module || name.replace(/^[_-]+|[_-]+$/g, '')
  if (owner !== '') return owner.toLowerCase()
  const [, word = ''] = WORD_BEFORE.exec(before) ?? []
  return word.toLowerCase()
}
