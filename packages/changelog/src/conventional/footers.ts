export interface Footer {
  readonly token: string
  /** Its lines joined by new lines, without the indentation of those after the first. */
  readonly value: string
}

/** A line that begins a footer: `Token: value` or `Token #value` (Conventional Commits 1.0.0, 8 to 10). */
const FOOTER = /^(BREAKING CHANGE|[A-Za-z0-9][A-Za-z0-9-]*)(?:: +| (?=#\S))(.*)$/
/** What git itself writes; with one of these a paragraph may hold a few other lines (git-interpret-trailers). */
const BY_GIT = /^(?:Signed-off-by: |\(cherry picked from commit )/
const BREAKING = /^BREAKING[ -]CHANGE: /
/** GitHub's list of the commits of a pull request: each subject after an asterisk, each with its body. */
const SQUASHED = /^\* \S/
const CONTINUED = /^[ \t]/

/**
 * Splits a message, without its first paragraph, into body and footers. Footers are the last paragraphs, as far up as each is a
 * block of footers (git-interpret-trailers); or all from a `BREAKING CHANGE:` on, whose text may be of several paragraphs (10).
 * The latter not in a body that lists squashed commits: what one of them said in the middle of it is body.
 */
export function splitFooters(text: string): { readonly body: string; readonly footers: readonly Footer[] } {
  const paragraphs = text.split(/\n(?:[ \t]*\n)+/).filter(paragraph => paragraph.trim() !== '')
  const trailing = paragraphs.findLastIndex(paragraph => !isFooterBlock(paragraph.split('\n'))) + 1
  const isSquash = paragraphs.slice(0, trailing).some(paragraph => SQUASHED.test(paragraph))
  const breaking = isSquash ? -1 : paragraphs.findIndex(paragraph => BREAKING.test(paragraph))
  const first = breaking === -1 ? trailing : Math.min(breaking, trailing)
  return {
    body: paragraphs.slice(0, first).join('\n\n'),
    footers: footersIn(paragraphs.slice(first).join('\n\n').split('\n')),
  }
}

/** The value of a footer may go on over lines, so one that begins with a footer is a block of them. */
function isFooterBlock(lines: readonly string[]): boolean {
  const [first = ''] = lines
  if (FOOTER.test(first)) return true
  const own = lines.filter(line => !CONTINUED.test(line))
  const trailers = own.filter(line => FOOTER.test(line) || BY_GIT.test(line)).length
  return own.some(line => BY_GIT.test(line)) && trailers * 3 >= own.length - trailers
}

function footersIn(lines: readonly string[]): Footer[] {
  const footers: { token: string; lines: string[] }[] = []
  for (const line of lines) {
    const [, token, value = ''] = FOOTER.exec(line) ?? []
    if (token !== undefined) footers.push({ token, lines: [value] })
    else if (!BY_GIT.test(line)) footers.at(-1)?.lines.push(line.trim())
  }
  return footers.map(({ token, lines }) => ({ token, value: lines.join('\n').trim() }))
}
