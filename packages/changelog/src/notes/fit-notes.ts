export interface NotesLimit {
  /** Most characters (UTF-16 units, never fewer than what a server counts). */
  readonly limit: number
  /** A line that leads to the whole text; it stands at the end of what was cut. */
  readonly more: string
}

export interface FittedNotes {
  readonly body: string
  readonly wasCut: boolean
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/

/**
 * Notes that a server takes: when they are too long they end after the last whole entry that fits, a block of code closed, and
 * with the line that leads to the whole.
 */
export function fitNotes(body: string, { limit, more }: NotesLimit): FittedNotes {
  if (body.length <= limit) return { body, wasCut: false }
  const end = `\n\n${more}\n`
  const kept = cut(body, limit - end.length)
  return { body: `${kept}${end}`.replace(/^\n+/, ''), wasCut: true }
}

/** The longest beginning of whole lines that ends before an entry or a heading. */
function cut(body: string, most: number): string {
  let at = 0
  let good = ''
  let fence: string | undefined
  for (const line of body.split(/(?<=\n)/)) {
    const isEntry = fence === undefined && /^(?:[-*+] |\d+[.)] |#{1,6} )/.test(line)
    if (isEntry && at <= most) good = body.slice(0, at)
    fence = fenceAfter(line, fence)
    at += line.length
    if (at > most) break
  }
  return (
    good
      .trimEnd()
      .replace(/\n+#{1,6} [^\n]*$/, '')
      .trimEnd() || shortened(body, most)
  )
}

/** Text without an entry in all of what fits, such as one long paragraph or a block of code, is cut at a line. */
function shortened(body: string, most: number): string {
  const lines: string[] = []
  let fence: string | undefined
  let length = 0
  for (const line of body.split('\n')) {
    const next = fenceAfter(line, fence)
    const closing = next === undefined ? 0 : next.length + 1
    if (length + line.length + 1 + closing > most) break
    lines.push(line)
    length += line.length + 1
    fence = next
  }
  return [...lines, ...(fence === undefined ? [] : [fence])].join('\n').trimEnd()
}

/** The fence that is open after a line (CommonMark 4.5). */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const [, fence, info = ''] = FENCE.exec(line.trimEnd()) ?? []
  if (fence === undefined) return open
  if (open === undefined) return fence.startsWith('`') && info.includes('`') ? undefined : fence
  return fence.startsWith(open) && info.trim() === '' ? undefined : open
}
