import { boundarySource, categorySource } from './categories.ts'
import { charSource, escapedChar, octalChar } from './escapes.ts'
import { backreferenceTo, type GroupState } from './groups.ts'
import { type Flags, InvalidPattern, type Node } from './nodes.ts'
import { isDigit, isOctal, type Scanner } from './scanner.ts'

/** Reads what follows a backslash outside of a class. */
export function readEscape(scanner: Scanner, flags: Flags, state: GroupState): Node {
  const start = scanner.position() - 1
  const char = scanner.next()
  if (char === '') throw new InvalidPattern(`bad escape (end of pattern) at position ${start}`)
  const category = categorySource(char, flags)
  if (category !== undefined) return { kind: 'literal', source: category }
  switch (char) {
    case 'A':
      return { kind: 'anchor', source: '^' }
    case 'Z':
      return { kind: 'anchor', source: '$' }
    case 'b':
    case 'B':
      return { kind: 'anchor', source: boundarySource(char, flags) }
    case '0':
      return literal(octalChar(char, scanner, 2).codePoint)
    default:
      return isDigit(char) ? numbered(char, scanner, state) : literal(escapedChar(char, scanner).codePoint)
  }
}

/** Three octal digits are a character, one or two digits a reference to a group. */
function numbered(first: string, scanner: Scanner, state: GroupState): Node {
  const start = scanner.position()
  const second = scanner.takeWhile(isDigit, 1)
  if (isOctal(first) && isOctal(second) && isOctal(scanner.peek())) {
    scanner.seek(start)
    return literal(octalChar(first, scanner, 2).codePoint)
  }
  return backreferenceTo(Number(first + second), `\\${first}${second}`, state)
}

function literal(codePoint: number): Node {
  return { kind: 'literal', source: charSource(codePoint) }
}
