import { type Capture, childrenOf, type Node, type Repeat, UnsupportedPattern } from './nodes.ts'
import { widthOf } from './width.ts'

/**
 * Refuses what JavaScript accepts but matches differently:
 * - a group in a loop that a round may leave out: JavaScript forgets the round before, Python keeps it;
 * - a loop whose body may match nothing: JavaScript takes back such a round (ECMA-262 RepeatMatcher), Python ends it;
 * - a reference to a group that may not have taken part: JavaScript matches nothing there, Python fails;
 * - possessive quantifiers.
 */
export function refuseDifferences(root: Node): void {
  const optional = new Set<number>()
  visit(root, false, optional)
}

function visit(node: Node, uncertain: boolean, optional: Set<number>): void {
  if (node.kind === 'backreference' && optional.has(node.index)) throw new UnsupportedPattern(node.text)
  if (node.kind === 'capture' && uncertain) optional.add(node.index)
  if (node.kind === 'repeat') {
    if (node.possessive) throw new UnsupportedPattern(node.text)
    if (losesRound(node)) throw new UnsupportedPattern(named(capturesIn(node.body)[0], node.text))
  }
  const inside =
    uncertain ||
    node.kind === 'choice' ||
    (node.kind === 'look' && node.negative) ||
    (node.kind === 'repeat' && node.min === 0)
  for (const child of childrenOf(node)) visit(child, inside, optional)
}

/** Whether the last round of a loop may leave other groups, or other text, than Python's. */
function losesRound({ body, max }: Repeat): boolean {
  const width = widthOf(body)
  if (max > 1 && hasUncertainCapture(body, false)) return true
  return width.min === 0 && width.max > 0 && (max > 1 || prefersNothing(body))
}

/** Whether a body that can match nothing may do so before it tries to match something. */
function prefersNothing(node: Node): boolean {
  return (
    node.kind === 'choice' || (node.kind === 'repeat' && node.lazy) || childrenOf(node).some(prefersNothing)
  )
}

function hasUncertainCapture(node: Node, uncertain: boolean): boolean {
  if (node.kind === 'capture' && uncertain) return true
  const inside =
    uncertain ||
    node.kind === 'choice' ||
    (node.kind === 'look' && node.negative) ||
    (node.kind === 'repeat' && node.min === 0)
  return childrenOf(node).some(child => hasUncertainCapture(child, inside))
}

function capturesIn(node: Node): Capture[] {
  const below = childrenOf(node).flatMap(capturesIn)
  return node.kind === 'capture' ? [node, ...below] : below
}

function named(group: Capture | undefined, quantifier: string): string {
  return group?.name ? `(?P<${group.name}>…) in (…)${quantifier}` : `(…)${quantifier}`
}
