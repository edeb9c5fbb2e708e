export interface NotesLimit {
  /** Most characters (UTF-16 units, of which a text has no fewer than a server counts). */
  readonly limit: number
  /** A line that leads to the whole text; it stands at the end of what was cut. */
  readonly more: string
}

export interface FittedNotes {
  readonly body: string
  readonly wasCut: boolean
}

/**
 * Notes that a server takes: when they are too long they end after the last whole entry that fits, with the line that leads to
 * the whole. Text of which not even one entry fits ends after a line, and its block of code is closed.
 */
export function fitNotes(body: string, { limit, more }: NotesLimit): FittedNotes {
  if (body.length <= limit) return { body, wasCut: false }
  const end = `${more}\n`
  const most = limit - end.length - 2
  const places = placesOf(body).filter(({ at }) => at <= most)
  const kept = atEntry(body, places) || atLine(body, places, most)
  return { body: kept === '' ? end : `${kept}\n\n${end}`, wasCut: true }
}

/** The start of a line, where the text may end. */
interface Place {
  readonly at: number
  /** An entry of a list, or a heading, begins here. */
  readonly isEntry: boolean
  /** What would close the block of code that is open here. */
  readonly fence: string | undefined
}

const ENTRY = /^(?:[-*+] |\d+[.)] |#{1,6} )/
const HEADINGS_AT_END = /(?:(?:^|\n)#{1,6} [^\n]*\s*)+$/

function atEntry(body: string, places: readonly Place[]): string {
  const last = places.findLast(({ isEntry }) => isEntry)?.at ?? 0
  return body.slice(0, last).trimEnd().replace(HEADINGS_AT_END, '').trimEnd()
}

function atLine(body: string, places: readonly Place[], most: number): string {
  const closed = places.map(({ at, fence }) =>
    fence === undefined ? body.slice(0, at).trimEnd() : body.slice(0, at) + fence,
  )
  return closed.findLast(text => text.length <= most) ?? ''
}

function placesOf(body: string): Place[] {
  const places: Place[] = []
  let at = 0
  let fence: string | undefined
  for (const line of body.split(/(?<=\n)/)) {
    // A block of code inside of an entry goes no further than the entry.
    if (fence?.startsWith('  ') && /^\S/.test(line)) fence = undefined
    places.push({ at, isEntry: fence === undefined && ENTRY.test(line), fence })
    fence = fenceAfter(line, fence)
    at += line.length
  }
  return places
}

/** The fence, with its indent, that is open after a line (CommonMark 0.31, 4.5; deeper than there when inside of a list). */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const [, indent = '', fence, info = ''] = /^( *)(`{3,}|~{3,})(.*)$/.exec(line.trimEnd()) ?? []
  if (fence === undefined) return open
  if (open === undefined) return fence.startsWith('`') && info.includes('`') ? undefined : indent + fence
  return fence.startsWith(open.trimStart()) && info.trim() === '' ? undefined : open
}
