/** One place of a pattern: which characters fit there, and whether none or many may stand there. */
interface Token {
  readonly fits: (character: string) => boolean
  readonly optional: boolean
  readonly repeats: boolean
}
export type Glob = (text: string) => boolean

/**
 * GitHub's filter pattern: `*` within a part, `**` over all, `?` and `+` after a character, `[a-z]` for a set, `\` before a
 * sign that means itself
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet).
 */
export function filterPattern(pattern: string): Glob {
  const tokens: Token[] = []
  const parts = /\\(.)|(\*+)|\[([^\]]+)\]|([?+])|([\s\S])/gu
  for (const [, escaped, stars, set, count, other] of pattern.matchAll(parts)) {
    const last = tokens.at(-1)
    if (stars) tokens.push(many(stars.length > 1 ? () => true : character => character !== '/'))
    else if (set) tokens.push(one(inSet(set)))
    else if (count === '?' && last) tokens.splice(-1, 1, { ...last, optional: true })
    else if (count === '+' && last) tokens.push(many(last.fits))
    else tokens.push(same(escaped ?? other ?? count ?? ''))
  }
  return text => fits(tokens, text)
}

/** A name that is known but for its expressions and `*`, which stand for any text. */
export function nameWithGaps(name: string): Glob {
  const parts = name.split(/\$\{\{.*?\}\}|\*/s).map(part => [...part].map(same))
  const tokens = parts.flatMap((part, index) => (index === 0 ? part : [many(() => true), ...part]))
  return text => fits(tokens, text)
}

/** All places that the text so far can have come to are kept together: time grows with text and pattern, and never more. */
function fits(tokens: readonly Token[], text: string): boolean {
  let at = reachable([0], tokens)
  for (const character of text) {
    const next = [...at].flatMap(index => {
      const token = tokens[index]
      return token?.fits(character) ? [token.repeats ? index : index + 1] : []
    })
    at = reachable(next, tokens)
  }
  return at.has(tokens.length)
}

function reachable(from: readonly number[], tokens: readonly Token[]): Set<number> {
  const found = new Set(from)
  // A set is walked in the order of insertion, those that are put in on the way too.
  for (const index of found) if (tokens[index]?.optional) found.add(index + 1)
  return found
}

function one(fitting: Token['fits']): Token {
  return { fits: fitting, optional: false, repeats: false }
}

function many(fitting: Token['fits']): Token {
  return { fits: fitting, optional: true, repeats: true }
}

function same(wanted: string): Token {
  return one(character => character === wanted)
}

/** `a-z0-9_`: characters and ranges of them. */
function inSet(set: string): Token['fits'] {
  const ranges = [...set.matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from = '', to = '', single]) => [single ?? from, single ?? to] as const,
  )
  return character => ranges.some(([from, to]) => from <= character && character <= to)
}
