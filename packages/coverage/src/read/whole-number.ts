const [ZERO, NINE] = [0x30, 0x39]

/** No file of source code is this long; a larger number is damage, or an attack on whoever counts up to it. */
export const LAST_LINE = 10_000_000

/**
 * The number that `text` from `start` to `end` is, which has digits only; -1 when it is anything else. Counts can have more
 * digits than a number holds exactly, which matters to no one. `Number` would take `" 1"`, `"0x1"` and `""` as well.
 */
export function wholeNumber(text: string, start = 0, end = text.length): number {
  if (start >= end) return -1
  let value = 0
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    if (code < ZERO || code > NINE) return -1
    value = value * 10 + (code - ZERO)
  }
  return value
}

/** True for a number that a line of source code can have. */
export function isLine(value: number): boolean {
  return value >= 1 && value <= LAST_LINE && Number.isInteger(value)
}
