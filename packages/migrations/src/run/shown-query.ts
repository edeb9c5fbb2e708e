import { tokenAt } from '../sql/scanner.ts'

/** Enough to know a statement again in a message of one line. */
const LONGEST = 60

/**
 * A query of somebody else's for a message: on one line, without comments, and with … for what its strings hold, as that is
 * data. pg_stat_activity cuts queries at track_activity_query_size, so a string may lack its end.
 */
export function shownQuery(query: string): string {
  let shown = ''
  for (let token = tokenAt(query, 0); token; token = tokenAt(query, token.end)) {
    const text = query.slice(token.start, token.end)
    if (token.kind === 'quoted string') shown += `${text.slice(0, text.indexOf("'"))}'…'`
    else if (token.kind === 'dollar-quoted string') shown += '$$…$$'
    else if (token.kind === 'space' || token.kind === 'comment') shown = `${shown.trimEnd()} `
    else shown += text
    if (shown.trimStart().length > LONGEST)
      return `${[...shown.trimStart()].slice(0, LONGEST).join('').trimEnd()} …`
  }
  return shown.trim()
}
