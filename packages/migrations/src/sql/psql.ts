import type { Finding } from './finding.ts'
import { significantTokens, wordOf } from './scanner.ts'
import type { SqlText } from './split.ts'
import type { Statement } from './statement.ts'

/** What pg_dump itself writes: `\restrict` around a dump, `\connect` with --create, `\.` behind rows. */
const OF_DUMPS = new Set(['\\restrict', '\\unrestrict', '\\connect', '\\.'])

/** psql's meta-commands and variables, which mean nothing to the server. */
export function psqlFindings(text: string, { asides, statements }: SqlText): Finding[] {
  const commands = asides.filter(aside => aside.kind === 'meta-command')
  return [
    ...commands.map(({ start, end }) => {
      const name = /^\\(?:\w+|.?)/u.exec(text.slice(start, end))?.[0] ?? '\\'
      const origin = OF_DUMPS.has(name) ? ' (pg_dump output?)' : ''
      return {
        offset: start,
        message: `psql meta-command ${name}${origin}. Remove \\-lines; they are not SQL.`,
      }
    }),
    ...statements.flatMap(variableFindings),
  ]
}

/**
 * `:'name'` and `:"name"`, where psql puts a variable's value. A colon before a quote is SQL in two places alone: the bounds of an
 * array slice, and the pairs of JSON_OBJECT and JSON_OBJECTAGG.
 */
function variableFindings({ text, offset }: Statement): Finding[] {
  if (!/:['"]/.test(text)) return []
  const tokens = significantTokens(text)
  if (tokens.some(token => wordOf(text, token).startsWith('JSON_OBJECT'))) return []
  const findings: Finding[] = []
  let brackets = 0
  let doubled = -1
  for (const { start, end } of tokens) {
    const mark = text[start]
    if (mark === '[') brackets++
    if (mark === ']') brackets--
    if (mark !== ':' || start === doubled) continue
    if (text[end] === ':') doubled = end
    const name = /['"]\w+['"]/y
    name.lastIndex = end
    const quoted = brackets === 0 ? name.exec(text)?.[0] : undefined
    if (quoted) {
      const message = `:${quoted} is a variable of psql, which has no value here. Write the value itself.`
      findings.push({ offset: offset + start, message })
    }
  }
  return findings
}
