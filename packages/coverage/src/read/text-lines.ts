import { unsafe } from './refusal.ts'
import type { ReportText } from './report-text.ts'

/** Paths take at most 4096 bytes; nothing else in a line can be long. */
const LONGEST_LINE = 64 * 1024

/**
 * Hands each line of a text to `take` without its end, numbered from 1, and returns how many there were. A line is good only
 * during the call: keep numbers or copies of it.
 */
export async function eachLine(
  { report, chunks }: ReportText,
  take: (line: string, number: number) => void,
): Promise<number> {
  let [rest, number] = ['', 0]
  for await (const chunk of chunks()) {
    let start = 0
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      const line = rest + chunk.slice(start, end)
      rest = ''
      take(line.endsWith('\r') ? line.slice(0, -1) : line, ++number)
      start = end + 1
    }
    rest += chunk.slice(start)
    if (rest.length > LONGEST_LINE) throw unsafe(report, 'a line of more than 64 KiB', number + 1)
  }
  if (rest !== '') take(rest, ++number)
  return number
}
