/** What would end a line, hide text or turn its direction. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
/** A code span: backticks, and as many of them again (CommonMark 0.31, 6.1). */
const CODE = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g
/** What begins a list, a heading or a quote at the start of an entry (4.2, 5.1, 5.2). */
const BLOCK_START = /^(?:[-+>]|#{1,6}(?=\s|$)|\d{1,9}(?=[.)]))/
/** Escapes, code, emphasis, links, HTML, strikethrough and GitHub's formulas; a `_` inside a word is none. */
const MARKUP = /[\\`*[<~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu

/**
 * The text of a commit as one line of a list: code spans stay, any other markup is shown as it is, and nobody is notified. It
 * stays readable for those who read the file itself.
 */
export function entryText(text: string): string {
  const line = text.toWellFormed().replace(/\s+/g, ' ').replace(INVISIBLE, '').trim()
  const pieces: string[] = []
  let at = 0
  for (const found of line.matchAll(CODE)) {
    pieces.push(escapeMarkup(line.slice(at, found.index)), found[0])
    at = found.index + found[0].length
  }
  pieces.push(escapeMarkup(line.slice(at)))
  return pieces.join('').replace(BLOCK_START, escapeStart)
}

function escapeMarkup(text: string): string {
  return (
    text
      .replace(MARKUP, sign => `\\${sign}`)
      .replace(/&(?=#?\w+;)/g, '&amp;')
      // GitHub tells everyone who is mentioned in a pull request or a release; a break without width comes between.
      .replace(/(?<![\w.])@(?=\w)/g, '@&#8203;')
  )
}

function escapeStart(start: string): string {
  return /^\d/.test(start) ? `${start}\\` : `\\${start}`
}
