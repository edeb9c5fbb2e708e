import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Position } from '../problem.ts'

export type FileText = { readonly text: string } | { readonly wrong: string; readonly position?: Position }

/** Byte order marks, the longest first, since UTF-32's starts with UTF-16's (Unicode standard, section 23.8). */
const FOREIGN_MARKS = [
  ['UTF-32 (little endian)', [0xff, 0xfe, 0, 0]],
  ['UTF-32 (big endian)', [0, 0, 0xfe, 0xff]],
  ['UTF-16 (little endian)', [0xff, 0xfe]],
  ['UTF-16 (big endian)', [0xfe, 0xff]],
] as const

const NEWLINE = 0x0a

/** The text of a file without UTF-8's byte order mark, or why PostgreSQL could not take it. */
export function fileText(bytes: Buffer): FileText {
  const foreign = FOREIGN_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))
  if (foreign) return { wrong: `is ${foreign[0]}. Save it as UTF-8.` }
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    return {
      wrong: 'holds a NUL byte, which PostgreSQL takes in no text (UTF-16 perhaps?). Save it as UTF-8.',
      position: positionAt(bytes, nul),
    }
  }
  if (isUtf8(bytes)) return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
  return {
    wrong: 'is not UTF-8 at this place (Latin-1 or Windows-1252 perhaps?). Save it as UTF-8.',
    position: positionAt(bytes, firstInvalid(bytes)),
  }
}

/** SHA-256 in hex of a text with LF line ends, so that a checkout with CRLF has the same. */
export function checksumOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}

/** No byte of a longer UTF-8 character is a line end, so a line can be looked at by itself. */
function firstInvalid(bytes: Buffer): number {
  let start = 0
  for (;;) {
    const end = bytes.indexOf(NEWLINE, start)
    const line = bytes.subarray(start, end < 0 ? bytes.length : end)
    if (!isUtf8(line)) return start + validLength(line)
    start += line.length + 1
  }
}

function validLength(line: Buffer): number {
  let length = 0
  while (length < line.length) {
    const step = [1, 2, 3, 4].find(size => isUtf8(line.subarray(length, length + size)))
    if (step === undefined) break
    length += step
  }
  return length
}

function positionAt(bytes: Buffer, offset: number): Position {
  const lines = bytes
    .subarray(0, offset)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 }
}
