import { readClass } from './character-class.ts'
import { readEscape } from './escape-nodes.ts'
import { charSource } from './escapes.ts'
import { type GroupState, readGroup } from './groups.ts'
import { type Flags, InvalidPattern, type Node } from './nodes.ts'
import { isDigit, type Scanner, scannerOf } from './scanner.ts'

export interface ParsedPattern {
  readonly root: Node
  readonly ignoreCase: boolean
  readonly groupCount: number
  /** Index of every named group, in the order of the pattern. */
  readonly names: ReadonlyMap<string, number>
}

/** Thrown to start over when `(?x)` and the like come to light at the start of the pattern. */
class GlobalFlags extends Error {
  readonly flags: Flags
  constructor(flags: Flags) {
    super('global flags')
    this.flags = flags
  }
}

/** Reads a pattern as `re.compile(text, flags)` of Python 3.11 does; `InvalidPattern` where Python refuses it. */
export function parsePattern(text: string, flags: Flags): ParsedPattern {
  try {
    return parseWith(text, flags)
  } catch (error) {
    if (!(error instanceof GlobalFlags)) throw error
    return parsePattern(text, error.flags)
  }
}

function parseWith(text: string, flags: Flags): ParsedPattern {
  const scanner = scannerOf(text)
  const state: GroupState = {
    count: 0,
    names: new Map(),
    open: new Set(),
    widths: new Map(),
    groupsBeforeLookBehind: undefined,
    globalFlags: flags,
    restart(added) {
      throw new GlobalFlags(added)
    },
    body: inner => readChoice(scanner, inner, state, false),
  }
  const root = readChoice(scanner, flags, state, true)
  if (scanner.peek() !== '')
    throw new InvalidPattern(`unbalanced parenthesis at position ${scanner.position()}`)
  return { root, ignoreCase: flags.ignoreCase, groupCount: state.count, names: state.names }
}

function readChoice(scanner: Scanner, flags: Flags, state: GroupState, top: boolean): Node {
  const branches = [readSequence(scanner, flags, state, top)]
  while (scanner.take('|')) branches.push(readSequence(scanner, flags, state, false))
  const [only] = branches
  return branches.length === 1 && only ? only : { kind: 'choice', branches }
}

function readSequence(scanner: Scanner, flags: Flags, state: GroupState, top: boolean): Node {
  const items: Node[] = []
  for (;;) {
    if (flags.verbose) skipVerbose(scanner)
    const char = scanner.peek()
    if (char === '' || char === '|' || char === ')') return { kind: 'sequence', items }
    const start = scanner.position()
    const bounds = readBounds(scanner)
    if (bounds) items.push(repeated(items.pop(), bounds, scanner, start))
    else {
      const atom = readAtom(scanner, flags, state, top && items.length === 0)
      if (atom) items.push(atom)
    }
  }
}

function skipVerbose(scanner: Scanner): void {
  for (;;) {
    scanner.takeWhile(char => /^[ \t\n\r\v\f]$/.test(char))
    if (scanner.peek() !== '#') return
    scanner.takeWhile(char => char !== '\n')
  }
}

interface Bounds {
  readonly min: number
  readonly max: number
}

/** A quantifier, if one comes next. A brace that is none (`{x}`) stays a character. */
function readBounds(scanner: Scanner): Bounds | undefined {
  const infinite = Number.POSITIVE_INFINITY
  if (scanner.take('*')) return { min: 0, max: infinite }
  if (scanner.take('+')) return { min: 1, max: infinite }
  if (scanner.take('?')) return { min: 0, max: 1 }
  if (scanner.peek() !== '{') return undefined
  const start = scanner.position()
  scanner.next()
  const low = scanner.takeWhile(isDigit)
  const comma = scanner.take(',')
  const high = comma ? scanner.takeWhile(isDigit) : low
  if ((low === '' && !comma) || !scanner.take('}')) {
    scanner.seek(start)
    return undefined
  }
  const min = low === '' ? 0 : Number(low)
  const max = high === '' ? infinite : Number(high)
  if (max < min) throw new InvalidPattern(`min repeat greater than max repeat at position ${start}`)
  return { min, max }
}

function repeated(item: Node | undefined, bounds: Bounds, scanner: Scanner, start: number): Node {
  if (item === undefined || item.kind === 'anchor')
    throw new InvalidPattern(`nothing to repeat at position ${start}`)
  if (item.kind === 'repeat') throw new InvalidPattern(`multiple repeat at position ${start}`)
  const possessive = scanner.take('+')
  const lazy = !possessive && scanner.take('?')
  const text = scanner.since(start)
  return { kind: 'repeat', body: item, ...bounds, lazy, possessive, text }
}

function readAtom(scanner: Scanner, flags: Flags, state: GroupState, first: boolean): Node | undefined {
  const char = scanner.next()
  switch (char) {
    case '.':
      return { kind: 'literal', source: flags.dotAll ? '[^]' : '[^\\n]' }
    case '^':
      return { kind: 'anchor', source: flags.multiline ? '(?<=^|\\n)' : '^' }
    case '$':
      return { kind: 'anchor', source: flags.multiline ? '(?=\\n|$)' : '(?=\\n?$)' }
    case '[':
      return readClass(scanner, flags)
    case '\\':
      return readEscape(scanner, flags, state)
    case '(':
      return readGroup(scanner, flags, state, first)
    default:
      return { kind: 'literal', source: charSource(char.codePointAt(0) ?? 0) }
  }
}
