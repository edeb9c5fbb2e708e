import { refuseDifferences } from './differences.ts'
import { type Flags, NO_FLAGS, type Node } from './nodes.ts'
import { parsePattern } from './parse-pattern.ts'
import { type Width, widthOf } from './width.ts'

export interface CompiledPattern {
  /** All matches that do not overlap, as `re.finditer` finds them. */
  matchesIn(text: string): RegExpExecArray[]
  readonly groupCount: number
  readonly names: ReadonlyMap<string, number>
  /** How many characters a match has, at least and at most. */
  readonly width: Width
}

/**
 * Translates a pattern of Python's `re` (3.11) to JavaScript, so that both find the same.
 * Throws `InvalidPattern` where Python would, and `UnsupportedPattern` where JavaScript would match differently.
 */
export function compilePattern(text: string, flags: Partial<Flags> = {}): CompiledPattern {
  const { root, ignoreCase, groupCount, names } = parsePattern(text, { ...NO_FLAGS, ...flags })
  refuseDifferences(root)
  const regex = new RegExp(sourceOf(root), ignoreCase ? 'giv' : 'gv')
  const matchesIn = (searched: string): RegExpExecArray[] =>
    [...searched.matchAll(regex)].filter(({ index }) => !isInsideCharacter(searched, index))
  return { matchesIn, groupCount, names, width: widthOf(root) }
}

/** V8 finds matches of nothing between the two halves of a character outside of the basic plane. */
function isInsideCharacter(text: string, index: number): boolean {
  return (text.codePointAt(index - 1) ?? 0) > 0xffff
}

function sourceOf(node: Node): string {
  switch (node.kind) {
    case 'literal':
    case 'anchor':
      return node.source
    case 'sequence':
      return node.items.map(sourceOf).join('')
    case 'choice':
      return `(?:${node.branches.map(sourceOf).join('|')})`
    case 'capture':
      return `(${node.name === undefined ? '' : `?<${node.name}>`}${sourceOf(node.body)})`
    case 'flagged':
      return `(?${node.ignoreCase ? 'i' : '-i'}:${sourceOf(node.body)})`
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${sourceOf(node.body)})`
    case 'backreference':
      return `(?:\\${node.index})`
    case 'repeat':
      return `(?:${sourceOf(node.body)})${quantifier(node.min, node.max)}${node.lazy ? '?' : ''}`
  }
}

function quantifier(min: number, max: number): string {
  return max === Number.POSITIVE_INFINITY ? `{${min},}` : `{${min},${max}}`
}
