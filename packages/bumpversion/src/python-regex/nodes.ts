/** A regular expression of Python's `re`, read into a tree. Classes, anchors and escapes are already JavaScript. */
export type Node =
  | { readonly kind: 'literal'; readonly source: string }
  | { readonly kind: 'anchor'; readonly source: string }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly branches: readonly Node[] }
  | Capture
  | { readonly kind: 'flagged'; readonly ignoreCase: boolean; readonly body: Node }
  | Look
  | Repeat
  | Backreference

export interface Capture {
  readonly kind: 'capture'
  readonly index: number
  readonly name: string | undefined
  readonly body: Node
}

export interface Look {
  readonly kind: 'look'
  readonly behind: boolean
  readonly negative: boolean
  readonly body: Node
}

export interface Repeat {
  readonly kind: 'repeat'
  readonly body: Node
  readonly min: number
  readonly max: number
  readonly lazy: boolean
  readonly possessive: boolean
  /** As written, for the message that refuses it. */
  readonly text: string
}

export interface Backreference {
  readonly kind: 'backreference'
  readonly index: number
  readonly text: string
}

export interface Flags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly verbose: boolean
  readonly ascii: boolean
}

export const NO_FLAGS: Flags = {
  ignoreCase: false,
  multiline: false,
  dotAll: false,
  verbose: false,
  ascii: false,
}

/** Python itself would refuse this pattern; the message is worded as Python's. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern'
}

/** Python accepts this pattern, but JavaScript would read it differently. */
export class UnsupportedPattern extends Error {
  override readonly name = 'UnsupportedPattern'
  readonly fragment: string
  constructor(fragment: string) {
    super(`JavaScript cannot express ${fragment}`)
    this.fragment = fragment
  }
}

/** What stands directly below a node. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'sequence':
      return node.items
    case 'choice':
      return node.branches
    case 'capture':
    case 'flagged':
    case 'look':
    case 'repeat':
      return [node.body]
    default:
      return []
  }
}
