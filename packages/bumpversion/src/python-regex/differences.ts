import { type Capture, childrenOf, type Node, UnsupportedPattern } from './nodes.ts'
import { widthOf } from './width.ts'

/**
 * Refuses what JavaScript accepts but matches differently:
 * - a group in a loop that a round may leave out, or that may match nothing: JavaScript forgets or keeps the round
 *   before where Python does the opposite (ECMA-262 RepeatMatcher resets the groups of every round);
 * - a reference to a group that may not have taken part: JavaScript matches nothing there, Python fails;
 * - possessive quantifiers.
 */
export function refuseDifferences(root: Node): void {
  const optional = new Set<number>()
  visit(root, false, false, optional)
}

function visit(node: Node, uncertain: boolean, behind: boolean, optional: Set<number>): void {
  if (node.kind === 'backreference' && (behind || optional.has(node.index)))
    throw new UnsupportedPattern(node.text)
  if (node.kind === 'capture' && uncertain) optional.add(node.index)
  if (node.kind === 'repeat') {
    if (node.possessive) throw new UnsupportedPattern(node.text)
    const groups = capturesIn(node.body)
    if (node.max > 1 && groups.length > 0 && forgets(node.body))
      throw new UnsupportedPattern(named(groups[0], node.text))
  }
  const inside =
    uncertain ||
    node.kind === 'choice' ||
    (node.kind === 'look' && node.negative) ||
    (node.kind === 'repeat' && node.min === 0)
  const backwards = behind || (node.kind === 'look' && node.behind)
  for (const child of childrenOf(node)) visit(child, inside, backwards, optional)
}

/** Whether a round of this loop can end with a group that the round did not set, or set to nothing. */
function forgets(body: Node): boolean {
  return widthOf(body).min === 0 || hasUncertainCapture(body, false)
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
  return `(${group?.name ? `?P<${group.name}>` : ''}…) in a group with ${quantifier}`
}
