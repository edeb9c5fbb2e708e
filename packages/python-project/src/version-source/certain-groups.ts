interface OpenGroup {
  /** Its number or name with its number, when it captures. */
  readonly own: readonly string[]
  /** Groups that closed inside of it. */
  readonly inside: string[]
  readonly isNegative: boolean
  hasChoice: boolean
}

/**
 * The groups of a pattern, by number and name, that take part in every match. A reference to any other one fails in
 * Python where the group did not match, and matches nothing in JavaScript. `pieces` are those of the whole pattern, a
 * group's head being one.
 */
export function certainGroups(pieces: readonly string[]): ReadonlySet<string> {
  const all: string[] = []
  const uncertain = new Set<string>()
  const top: OpenGroup = { own: [], inside: [], isNegative: false, hasChoice: false }
  const open = [top]
  let count = 0
  for (const [index, piece] of pieces.entries()) {
    const innermost = open.at(-1) ?? top
    if (piece === '|') innermost.hasChoice = true
    if (piece.startsWith('(') && !piece.endsWith(')')) {
      const name = /^\(\?P<(\w+)>$/.exec(piece)?.[1]
      const captures = piece === '(' || name !== undefined
      const own = captures ? [String(++count), ...(name === undefined ? [] : [name])] : []
      all.push(...own)
      open.push({ own, inside: [], isNegative: /^\(\?<?!$/.test(piece), hasChoice: false })
    }
    if (piece === ')' && open.length > 1) {
      open.pop()
      const { own, inside, isNegative, hasChoice } = innermost
      const isRepeated = /^[*+?{]/.test(pieces[index + 1] ?? '')
      for (const group of isNegative || hasChoice || isRepeated ? inside : []) uncertain.add(group)
      for (const group of isRepeated ? own : []) uncertain.add(group)
      open.at(-1)?.inside.push(...own, ...inside)
    }
  }
  for (const group of top.hasChoice ? top.inside : []) uncertain.add(group)
  return new Set(all.filter(group => !uncertain.has(group)))
}
