import type { Finding } from './finding.ts'
import { tokenAt } from './scanner.ts'
import type { SqlText } from './split.ts'

export const NO_TRANSACTION = '-- migrate:no-transaction'

const DIRECTIVE = /^--[ \t]*migrate:no-transaction[ \t]*$/
/** The directive misspelt, and what dbmate, goose and graphile-migrate call the same (their manuals). */
const NEARLY =
  /^\W*(?:migrate\b[\s:_-]*no[\s_-]*(?:transactions?|tx)\b|migrate:up\s+transaction:\s*false|goose\s+no\s+transaction|no-transaction\s*$)/i
/** Where dbmate, goose, sql-migrate and node-pg-migrate start the way back (their manuals). */
const WAY_BACK = /^--\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down|down\s+migration)\b[^a-z]*$/i

/**
 * False when a line comment before the first statement is `-- migrate:no-transaction`. A block comment does not count, and
 * neither does another spelling; {@link directiveFindings} names those.
 */
export function isTransactional(text: string): boolean {
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.end)) {
    if (token.kind === 'comment' && DIRECTIVE.test(text.slice(token.start, token.end))) return false
    if (token.kind !== 'comment' && token.kind !== 'space') return true
  }
  return true
}

/** Comments that are meant for a runner and that this one would read otherwise. */
export function directiveFindings(text: string, { asides, statements }: SqlText): Finding[] {
  const first = statements[0]?.offset ?? text.length
  return asides.flatMap(({ kind, start, end }) => {
    const comment = kind === 'comment' ? text.slice(start, Math.min(end, start + 200)) : ''
    const line = comment.split(/[\r\n]/, 1)[0]?.trimEnd()
    if (WAY_BACK.test(comment)) {
      return [
        { offset: start, message: `${line} is no border here: the part below it would run too. Remove it.` },
      ]
    }
    if (DIRECTIVE.test(comment)) {
      return start < first
        ? []
        : [
            {
              offset: start,
              message: `${NO_TRANSACTION} has no effect here. Move it before the first statement.`,
            },
          ]
    }
    if (!NEARLY.test(comment)) return []
    const message = `${line} has no effect. Write the line "${NO_TRANSACTION}" before the first statement.`
    return [{ offset: start, message }]
  })
}
