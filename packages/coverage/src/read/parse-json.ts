import { UserError } from '@tokenledger/kit'
import { broken, cutOff } from './refusal.ts'
import type { ReportText } from './report-text.ts'

/** V8 has no longer strings than 2^29 - 24 characters. */
const LONGEST = 500 * 1024 * 1024

/** The value of a file in JSON. A UserError that says where it breaks off or goes wrong. */
export async function parseJson({ report, size, chunks }: ReportText): Promise<unknown> {
  if (size > LONGEST) {
    throw new UserError(
      `${report} has more than 500 MiB, which cannot be read as JSON. Give coverage.xml (coverage xml) instead.`,
    )
  }
  const parts: string[] = []
  for await (const chunk of chunks()) parts.push(chunk)
  const text = parts.join('')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw wrongJson(report, text, (error as SyntaxError).message)
  }
}

/** By the words of V8; where they name no place, only the end of the text can be told from any other. */
function wrongJson(report: string, text: string, message: string): UserError {
  const [, position] = / at position (\d+)/.exec(message) ?? []
  const isAtEnd =
    /^Unexpected end|^Unterminated string/.test(message) || Number(position) >= text.trimEnd().length
  if (isAtEnd) {
    const { line, column } = placeOf(text, text.length)
    return cutOff(report, `its JSON ends in the middle at line ${line}, column ${column}`)
  }
  const what = message
    .replace(/ in JSON at position.*$/s, '')
    .replace(/\s+/g, ' ')
    .slice(0, 120)
  if (position === undefined) {
    return new UserError(
      `${report} is no valid JSON: ${what}. Write the report anew; nothing was gated or uploaded.`,
    )
  }
  return broken(report, placeOf(text, Number(position)), what)
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
