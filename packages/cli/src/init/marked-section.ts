/** What becomes of a text that gets a part of ours. */
export type Sectioned =
  | { readonly kind: 'text'; readonly text: string }
  /** It has no markers yet. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly reason: string }

/** A part of a Markdown file that is ours: what people write around it stays. */
export function section(name: string, body: string): string {
  const { start, end } = markers(name)
  return `${start}\n${body.trim()}\n${end}\n`
}

/** `text` with the body between the markers of `name`, in its own line ends. */
export function withSection(text: string, name: string, body: string): Sectioned {
  const lines = text.split(/\r?\n/).map(line => line.trim())
  const { start, end } = markers(name)
  const [starts, ends] = [start, end].map(marker =>
    lines.flatMap((line, index) => (line === marker ? [index] : [])),
  )
  const [first, last] = [starts?.[0], ends?.[0]]
  if (first === undefined && last === undefined) return { kind: 'absent' }
  if (starts?.length !== 1 || ends?.length !== 1 || first === undefined || last === undefined || first > last)
    return { kind: 'broken', reason: `give it one line "${start}" and, after it, one line "${end}"` }
  const raw = text.split('\n')
  const whole = [...raw.slice(0, first), ...section(name, body).trimEnd().split('\n'), ...raw.slice(last + 1)]
  return { kind: 'text', text: whole.map(line => line.replace(/\r$/, '')).join(lineEndOf(text)) }
}

/** `text` with a part of ours in the line of this number, with a blank line on each side. */
export function withSectionAt(text: string, line: number, name: string, body: string): string {
  const lines = text.split(/\r?\n/)
  const [before, after] = [lines.slice(0, line), lines.slice(line)]
  while (before.at(-1) === '') before.pop()
  while (after[0] === '') after.shift()
  const blank = before.length > 0 ? [''] : []
  const rest = after.length > 0 ? ['', ...after] : ['']
  return [...before, ...blank, ...section(name, body).trimEnd().split('\n'), ...rest].join(lineEndOf(text))
}

function markers(name: string) {
  return { start: `<!-- tokenledger-actions:${name} -->`, end: `<!-- /tokenledger-actions:${name} -->` }
}

function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}
