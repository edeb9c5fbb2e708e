import type { Span } from './version-source.ts'

type Parse = (text: string) => unknown

const MARK = '.marked'

/**
 * Where the string at `keys` stands in the text of a TOML or JSON document, without its quotes; undefined when there is
 * no such string, or it is written with escapes. The parser itself is asked: the spot is the one whose change changes
 * this value, whatever tables, dotted keys, comments and other strings the text is made of.
 */
export function valueSpan(text: string, keys: readonly string[], parse: Parse): Span | undefined {
  const value = valueAt(parse(text), keys)
  if (typeof value !== 'string' || value === '') return undefined
  const start = quotedSpots(text, value, keys).find(spot => {
    const end = spot + value.length
    return valueAt(parse(text.slice(0, end) + MARK + text.slice(end)), keys) === value + MARK
  })
  return start === undefined ? undefined : { start, end: start + value.length }
}

/** Those behind the words of the keys go first: in a long lock file many packages may have the same version. */
function quotedSpots(text: string, value: string, keys: readonly string[]): number[] {
  const spots: number[] = []
  for (let spot = text.indexOf(value); spot >= 0; spot = text.indexOf(value, spot + 1)) {
    const quote = text[spot - 1]
    if ((quote === '"' || quote === "'") && text[spot + value.length] === quote) spots.push(spot)
  }
  const likely = keys.reduce((from, key) => Math.max(from, text.indexOf(key, from)), 0)
  return [...spots.filter(spot => spot > likely), ...spots.filter(spot => spot <= likely)]
}

function valueAt(document: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => {
    const isTable = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    return isTable ? (value as Record<string, unknown>)[key] : undefined
  }, document)
}
