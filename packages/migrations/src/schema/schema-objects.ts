const FIRST_LINE = /^(?:CREATE|ALTER|COMMENT ON) /

/** The first line of the object that a line (from 0) belongs to: `CREATE TABLE public.users`. */
export function labelOf(lines: readonly string[], index: number): string {
  for (let line = Math.min(index, lines.length - 1); line >= 0; line--) {
    const text = lines[line] ?? ''
    if (FIRST_LINE.test(text)) return shorten(text)
  }
  return ''
}

/** The first lines of all objects of a schema, in its order. */
export function objectsOf(text: string): string[] {
  return text
    .split('\n\n')
    .map(block => block.split('\n', 1)[0] ?? '')
    .filter(line => FIRST_LINE.test(line))
    .map(shorten)
}

/** The text with the lines of every CREATE TABLE sorted: equal when only the order of the columns differs. */
export function withSortedColumns(text: string): string {
  return text
    .split('\n\n')
    .map(block => (/^CREATE (?:UNLOGGED |FOREIGN )*TABLE /.test(block) ? sortColumns(block) : block))
    .join('\n\n')
}

function sortColumns(block: string): string {
  const lines = block.split('\n')
  const end = lines.findIndex(line => line.startsWith(')'))
  const columns = lines.slice(1, end).map(line => line.replace(/,$/, ''))
  return [lines[0], ...columns.sort(), ...lines.slice(end)].join('\n')
}

function shorten(line: string): string {
  return line.replace(/(?: \(| AS|;)$/, '').slice(0, 100)
}
