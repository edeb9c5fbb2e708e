/** Neither letter nor digit can start markup when it is a reference: CommonMark 0.31, 2.5. */
function reference(character: string): string {
  return `&#${character.codePointAt(0)};`
}

/** Shown as their code, as they would end a line, hide text or turn its direction. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

function visible(text: string): string {
  const codes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
  return text.replace(
    INVISIBLE,
    character => codes[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * A path or a name as code, for a paragraph, a list and a table alike. GitHub makes neither mentions nor references of what
 * is in code. A backtick, a pipe and a blank at the edges cannot stand in a code span
 * everywhere, and nothing there should look like an end of a fold: `<code>` with references.
 */
export function code(name: string): string {
  const text = visible(name.toWellFormed())
  if (text !== '' && !/[`|<]|^ | $/.test(text)) return `\`${text}\``
  return `<code>${text.replace(/[^\p{L}\p{N}\p{M}/-]/gu, reference)}</code>`
}

/** What GitHub makes a link of without markup: mentions, issues, addresses. A break without width comes between. */
const LINKED = /@(?=\w)|#(?=\w)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi

/** Any text as it is: no markup, no mention, no reference to an issue, on one line. */
export function plain(text: string): string {
  const shown = visible(text.toWellFormed())
  return shown
    .split(LINKED_PARTS)
    .map((part, index) => part.replace(/[&<>\\`*_[\]|~$]/g, reference) + (index % 2 === 1 ? '&#8203;' : ''))
    .join('')
}

const LINKED_PARTS = new RegExp(`(${LINKED.source})`, 'gi')

/** At most `length` characters, with a mark that it was longer. */
export function clip(text: string, length: number): string {
  const characters = [...text.slice(0, 2 * length + 2)]
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text
}
