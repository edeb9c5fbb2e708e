import { formatMoment, type Moment } from '../format/moment.ts'
import { renderTemplate } from '../format/template.ts'
import { TemplateError } from '../format/template-error.ts'

/**
 * A CalVer format (`{YYYY}.{0M}`) at a moment of the local clock. `INC0` and `INC1` are no codes here: the tool knows
 * them only as a name, and a number that counts is a part of its own.
 */
export function calverText(format: string, now: Date): string {
  const moment = { at: now, utc: false }
  return renderTemplate(format, code => codeText(code, moment))
}

function codeText(code: string, moment: Moment): string {
  const written = DIRECTIVES[code]
  if (written !== undefined) return formatMoment(moment, written)
  if (code === 'Q') return String(Math.ceil(Number(formatMoment(moment, '%m')) / 3))
  throw new TemplateError(
    `{${code}} is no CalVer code; known are ${[...Object.keys(DIRECTIVES), 'Q'].join(' ')}`,
  )
}

/** As `strftime` directives; `%-…` is without leading zeros. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  YYYY: '%Y',
  YY: '%-y',
  '0Y': '%y',
  MMM: '%b',
  MM: '%-m',
  '0M': '%m',
  DD: '%-d',
  '0D': '%d',
  JJJ: '%-j',
  '00J': '%j',
  WW: '%-W',
  '0W': '%W',
  UU: '%-U',
  '0U': '%U',
  VV: '%-V',
  '0V': '%V',
  GGGG: '%G',
  GG: '%-g',
  '0G': '%g',
}
