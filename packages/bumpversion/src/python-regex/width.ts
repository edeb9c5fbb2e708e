import { childrenOf, InvalidPattern, type Node } from './nodes.ts'

export interface Width {
  readonly min: number
  readonly max: number
}

const NOTHING: Width = { min: 0, max: 0 }

/** How many characters a node can match, at least and at most. */
export function widthOf(node: Node, captures: ReadonlyMap<number, Width> = new Map()): Width {
  switch (node.kind) {
    case 'literal':
      return { min: 1, max: 1 }
    case 'anchor':
    case 'look':
      return NOTHING
    case 'backreference':
      return captures.get(node.index) ?? { min: 0, max: Number.POSITIVE_INFINITY }
    case 'repeat': {
      const body = widthOf(node.body, captures)
      return { min: body.min * node.min, max: body.max === 0 ? 0 : body.max * node.max }
    }
    case 'choice': {
      const widths = node.branches.map(branch => widthOf(branch, captures))
      return { min: Math.min(...widths.map(w => w.min)), max: Math.max(...widths.map(w => w.max)) }
    }
    default:
      return childrenOf(node)
        .map(child => widthOf(child, captures))
        .reduce((sum, width) => ({ min: sum.min + width.min, max: sum.max + width.max }), NOTHING)
  }
}

/**
 * Whether a pattern may match nothing in one place and something in another. Python then looks for something right
 * behind a match of nothing, JavaScript one character further on.
 */
export function mayBeEmpty({ min, max }: Width): boolean {
  return min === 0 && max > 0
}

/** Python takes only look-behinds of one width; a variable one is no valid pattern there. */
export function requireFixedWidth(body: Node, captures: ReadonlyMap<number, Width>): void {
  const { min, max } = widthOf(body, captures)
  if (min !== max) throw new InvalidPattern('look-behind requires fixed-width pattern')
}
