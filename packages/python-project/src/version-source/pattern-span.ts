import { UserError } from '@tokenledger/kit'
import type { Span } from './version-source.ts'

/**
 * Where a pattern finds the version, as Python reads a file: with every line end as `\n`. The version is the group of
 * this name or number. A UserError when the group takes only a piece of a longer version.
 */
export function patternSpan(
  text: string,
  pattern: RegExp,
  group: string | 1,
  where: string,
): Span | undefined {
  const bom = text.startsWith('\uFEFF') ? 1 : 0
  const plain = text.slice(bom).replace(/\r\n?/g, '\n')
  const indices = pattern.exec(plain)?.indices
  const found = group === 1 ? indices?.[1] : indices?.groups?.[group]
  if (!found) return undefined
  const [start, end] = found.map(offset => bom + originalOffset(text.slice(bom), offset)) as [number, number]
  if (/\d\.?$/.test(text.slice(0, start)) || /^\.?\d/.test(text.slice(end))) {
    const line = plain.slice(0, found[0]).split('\n').length
    throw new UserError(
      `${where} finds ${text.slice(start, end)} in line ${line}, which is only a piece of a longer version. Let it take in the whole version.`,
    )
  }
  return { start, end }
}

function originalOffset(text: string, plainOffset: number): number {
  let offset = 0
  for (let count = 0; count < plainOffset; count++) offset += text.startsWith('\r\n', offset) ? 2 : 1
  return offset
}
