import { escapeHtml } from './html.ts'

/** A box with a title; both are HTML. */
export function card(title: string, body: string, id = ''): string {
  return `<section${id ? ` id="${id}"` : ''}><h2>${title}</h2><div class="scroll">${body}</div></section>\n`
}

/** A table whose cells are HTML; the columns named in `numbers` stand to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly string[] = [],
): string {
  const className = (column: number) => (numbers.includes(head[column] ?? '') ? ' class="number"' : '')
  const row = (cells: readonly string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((cell, column) => `<${tag}${className(column)}>${cell}</${tag}>`).join('')}</tr>`
  const body = rows.map(cells => row(cells, 'td')).join('\n')
  return `<table class="list"><thead>${row(head, 'th')}</thead><tbody>${body}</tbody></table>`
}

/** Text in the type of code. */
export function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}

/** A word in a coloured pill. */
export function badge(text: string, kind: 'open' | 'merged' | 'draft' | 'label'): string {
  return `<span class="badge ${kind}">${escapeHtml(text)}</span>`
}

/** `1 commit`, `2 commits` */
export function plural(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`
}

/** The document around a page; scripts are forbidden by its own policy as well. `body` is HTML. */
export function document(title: string, body: string, style: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src https: data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body><main>
${body}
<footer>Written by the local run of tokenledger-actions.</footer>
</main></body></html>
`
}

/** A verdict with its seal and a line below; texts. */
export function verdictHeader(isGood: boolean, title: string, line: string): string {
  return `<header><div class="seal ${isGood ? 'good' : 'bad'}">${isGood ? '✓' : '✗'}</div><div>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(line)}</p></div></header>`
}

/** `12.3 KB`, as GitHub counts (1 KB = 1024 bytes). */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`
}
