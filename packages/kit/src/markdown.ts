/** Text of commits and files as plain text of Markdown: no markup, no mention, no reference. */
export function plainText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~]/g, sign => `\\${sign}`)
    .replace(/&/g, '&amp;')
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/\r?\n/g, ' ')
}

/** Text in a code span, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const line = text.replace(/\r?\n/g, ' ')
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}
