import { categorySource } from './categories.ts'
import { charSource, type EscapedChar, escapedChar, octalChar } from './escapes.ts'
import { type Flags, InvalidPattern, type Node } from './nodes.ts'
import { isDigit, isOctal, type Scanner } from './scanner.ts'

type Member = { readonly category: string; readonly text: string } | EscapedChar

/** Reads `[…]`, the scanner being behind the opening bracket. */
export function readClass(scanner: Scanner, flags: Flags): Node {
  const start = scanner.position() - 1
  const negated = scanner.take('^')
  const parts: string[] = []
  for (let first = true; first || scanner.peek() !== ']'; first = false) {
    const low = readMember(scanner, flags, start)
    if (scanner.peek() !== '-') {
      parts.push(memberSource(low))
      continue
    }
    scanner.next()
    if (scanner.peek() === ']') {
      parts.push(memberSource(low), charSource(0x2d))
      continue
    }
    parts.push(rangeSource(low, readMember(scanner, flags, start)))
  }
  scanner.next()
  return { kind: 'literal', source: `[${negated ? '^' : ''}${parts.join('')}]` }
}

function readMember(scanner: Scanner, flags: Flags, start: number): Member {
  const char = scanner.next()
  if (char === '') throw new InvalidPattern(`unterminated character set at position ${start}`)
  if (char !== '\\') return { codePoint: char.codePointAt(0) ?? 0, text: char }
  const escaped = scanner.next()
  if (escaped === '') throw new InvalidPattern(`unterminated character set at position ${start}`)
  const category = categorySource(escaped, flags)
  if (category !== undefined) return { category, text: `\\${escaped}` }
  if (escaped === 'b') return { codePoint: 8, text: '\\b' }
  if (isOctal(escaped)) return octalChar(escaped, scanner, 2)
  if (isDigit(escaped))
    throw new InvalidPattern(`bad escape \\${escaped} at position ${scanner.position() - 2}`)
  return escapedChar(escaped, scanner)
}

function memberSource(member: Member): string {
  return 'category' in member ? member.category : charSource(member.codePoint)
}

function rangeSource(low: Member, high: Member): string {
  if ('category' in low || 'category' in high || low.codePoint > high.codePoint)
    throw new InvalidPattern(`bad character range ${low.text}-${high.text}`)
  return `${charSource(low.codePoint)}-${charSource(high.codePoint)}`
}
