/** A line of Markdown, as far as a changelog asks: headings and link definitions, but not those in code or comments. */
export interface Line {
  /** Without its end. */
  readonly text: string
  /** Where it starts, and where the next one does. */
  readonly start: number
  readonly end: number
  readonly heading?: { readonly level: number; readonly text: string }
  readonly definition?: { readonly label: string; readonly url: string }
  /** It belongs to an HTML comment that begins at the start of a line. */
  readonly isComment: boolean
}

/** CommonMark 0.31: 4.2 (ATX headings), 4.5 (fenced code), 4.6 (HTML blocks, kind 2), 4.7 (link reference definitions). */
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/
const COMMENT = /^ {0,3}<!--/
const DEFINITION = /^ {0,3}\[([^\]]+)\]:[ \t]*<?([^\s>]+)>?[ \t]*(?:"[^"]*"|'[^']*'|\([^()]*\))?[ \t]*$/

type Inside =
  | { readonly kind: 'text' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'code'; readonly fence: string }

/** Splits a text into its lines; `start` and `end` of them cover it without a gap. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let inside: Inside = { kind: 'text' }
  let start = 0
  for (const whole of text.split(/(?<=\n)/)) {
    const content = whole.replace(/\r?\n$/, '')
    const end = start + whole.length
    const entered: Inside = inside.kind === 'text' ? entering(content) : inside
    const plain = entered.kind === 'text'
    lines.push({
      text: content,
      start,
      end,
      isComment: entered.kind === 'comment',
      ...(plain ? markupOf(content) : {}),
    })
    inside = leaves(entered, content, entered !== inside) ? { kind: 'text' } : entered
    start = end
  }
  return lines
}

function entering(line: string): Inside {
  if (COMMENT.test(line)) return { kind: 'comment' }
  const [, fence, info = ''] = FENCE.exec(line) ?? []
  if (fence === undefined || (fence.startsWith('`') && info.includes('`'))) return { kind: 'text' }
  return { kind: 'code', fence }
}

function leaves(inside: Inside, line: string, isFirst: boolean): boolean {
  if (inside.kind === 'comment') return line.includes('-->')
  if (inside.kind === 'text') return true
  if (isFirst) return false
  const [, fence = '', after = ''] = FENCE.exec(line) ?? []
  return fence.startsWith(inside.fence) && after.trim() === ''
}

function markupOf(line: string): Pick<Line, 'heading' | 'definition'> {
  const [, hashes, heading = ''] = HEADING.exec(line) ?? []
  if (hashes !== undefined) return { heading: { level: hashes.length, text: heading } }
  const [, label, url = ''] = DEFINITION.exec(line) ?? []
  return label === undefined ? {} : { definition: { label, url } }
}
