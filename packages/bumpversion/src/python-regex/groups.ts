import { type Flags, InvalidPattern, type Node, UnsupportedPattern } from './nodes.ts'
import type { Scanner } from './scanner.ts'
import { requireFixedWidth, type Width, widthOf } from './width.ts'

export interface GroupState {
  count: number
  readonly names: Map<string, number>
  /** Groups whose closing parenthesis has not been read. */
  readonly open: Set<number>
  readonly globalFlags: Flags
  /** How wide the groups are that have been read. */
  readonly widths: Map<number, Width>
  /** The number of groups before the outermost look-behind that is being read. */
  groupsBeforeLookBehind: number | undefined
  /** Starts over with these flags for the whole pattern. */
  restart(flags: Flags): never
  /** Reads the inside of a group, up to its closing parenthesis. */
  body(flags: Flags): Node
}

/** Reads a group, the scanner being behind its opening parenthesis; `undefined` for a comment. */
export function readGroup(
  scanner: Scanner,
  flags: Flags,
  state: GroupState,
  first: boolean,
): Node | undefined {
  const start = scanner.position() - 1
  if (!scanner.take('?')) return capture(scanner, flags, state, undefined, start)
  if (scanner.take('#')) {
    scanner.until(')', '), unterminated comment')
    return undefined
  }
  if (scanner.take('P<')) return capture(scanner, flags, state, newName(scanner, state), start)
  if (scanner.take('P=')) return namedReference(scanner, state)
  if (scanner.take(':')) return closed(scanner, state.body(flags), start)
  if (scanner.take('>')) throw new UnsupportedPattern('(?>…')
  if (scanner.take('(')) throw new UnsupportedPattern(`(?(${scanner.until(')', ')')})…`)
  for (const [sign, behind, negative] of LOOKS)
    if (scanner.take(sign)) {
      const read = (): Node => closed(scanner, state.body(flags), start)
      return { kind: 'look', behind, negative, body: behind ? lookBehind(read, state) : read() }
    }
  return flagGroup(scanner, flags, state, first, start)
}

const LOOKS = [
  ['=', false, false],
  ['!', false, true],
  ['<=', true, false],
  ['<!', true, true],
] as const

function lookBehind(read: () => Node, state: GroupState): Node {
  const outer = state.groupsBeforeLookBehind
  state.groupsBeforeLookBehind ??= state.count
  const body = read()
  state.groupsBeforeLookBehind = outer
  requireFixedWidth(body, state.widths)
  return body
}

function capture(
  scanner: Scanner,
  flags: Flags,
  state: GroupState,
  name: string | undefined,
  start: number,
): Node {
  const index = ++state.count
  if (name !== undefined) state.names.set(name, index)
  state.open.add(index)
  const body = closed(scanner, state.body(flags), start)
  state.open.delete(index)
  state.widths.set(index, widthOf(body, state.widths))
  return { kind: 'capture', index, name, body }
}

function closed(scanner: Scanner, body: Node, start: number): Node {
  if (!scanner.take(')')) throw new InvalidPattern(`missing ), unterminated subpattern at position ${start}`)
  return body
}

function newName(scanner: Scanner, state: GroupState): string {
  const name = scanner.until('>', '>')
  if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name))
    throw new InvalidPattern(`bad character in group name '${name}'`)
  if (state.names.has(name)) throw new InvalidPattern(`redefinition of group name '${name}'`)
  return name
}

function namedReference(scanner: Scanner, state: GroupState): Node {
  const name = scanner.until(')', ')')
  const index = state.names.get(name)
  if (index === undefined) throw new InvalidPattern(`unknown group name '${name}'`)
  return backreferenceTo(index, `(?P=${name})`, state)
}

/** A reference to a group that is complete here; anything else is an error in Python. */
export function backreferenceTo(index: number, text: string, state: GroupState): Node {
  if (index > state.count) throw new InvalidPattern(`invalid group reference ${index}`)
  if (state.open.has(index)) throw new InvalidPattern(`cannot refer to an open group: ${text}`)
  if (index > (state.groupsBeforeLookBehind ?? index))
    throw new InvalidPattern(`cannot refer to group defined in the same lookbehind subpattern: ${text}`)
  return { kind: 'backreference', index, text }
}

/** `(?im)` for the whole pattern, `(?i:…)` and `(?-i:…)` for a part. */
function flagGroup(
  scanner: Scanner,
  flags: Flags,
  state: GroupState,
  first: boolean,
  start: number,
): Node | undefined {
  const on = scanner.takeWhile(char => /^[aiLmsux]$/.test(char))
  const off = scanner.take('-') ? scanner.takeWhile(char => /^[imsx]$/.test(char)) : ''
  if (on + off === '') throw new InvalidPattern(`unknown extension at position ${start}`)
  if (on.includes('L')) throw new InvalidPattern("bad inline flags: cannot use 'L' flag with a str pattern")
  const changed = withFlags(withFlags(flags, on, true), off, false)
  if (scanner.take(':')) {
    const body = closed(scanner, state.body(changed), start)
    return changed.ignoreCase === flags.ignoreCase
      ? body
      : { kind: 'flagged', ignoreCase: changed.ignoreCase, body }
  }
  if (off !== '' || !scanner.take(')'))
    throw new InvalidPattern(`missing -, : or ) at position ${scanner.position()}`)
  if (!first) throw new InvalidPattern(`global flags not at the start of the expression at position ${start}`)
  if (Object.entries(changed).some(([flag, value]) => state.globalFlags[flag as keyof Flags] !== value))
    state.restart(changed)
  return undefined
}

const FLAG_OF: Readonly<Record<string, keyof Flags>> = {
  a: 'ascii',
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  x: 'verbose',
}

function withFlags(flags: Flags, letters: string, value: boolean): Flags {
  const changes = [...letters].flatMap(letter => {
    const flag = FLAG_OF[letter]
    return flag ? [[flag, value] as const] : letter === 'u' ? [['ascii', false] as const] : []
  })
  return { ...flags, ...Object.fromEntries(changes) }
}
