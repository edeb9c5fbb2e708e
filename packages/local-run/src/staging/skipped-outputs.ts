const OUTPUT = /\b(?:needs|jobs)\.[\w-]+\.outputs\.[\w-]+/g
/** How an expression begins, spelt so that it is none itself. */
const BEGINNING = "format('{0}{{{{', '$')"

/**
 * A workflow's content in which the output of a job that was skipped is empty, as on GitHub; act gives the text of the expression
 * that the job would have evaluated.
 */
export function withEmptyOutputs(content: unknown): unknown {
  if (typeof content === 'string')
    return content.replace(OUTPUT, output => `(!startsWith(${output}, ${BEGINNING}) && ${output} || '')`)
  if (Array.isArray(content)) return content.map(withEmptyOutputs)
  if (typeof content !== 'object' || content === null) return content
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, withEmptyOutputs(value)]))
}

/** An expression as it was written before {@link withEmptyOutputs}. */
export function asWritten(expression: string): string {
  return expression.replace(
    /\(!startsWith\(([^,]+), format\('\{0\}\{\{\{\{', '\$'\)\) && \1 \|\| ''\)/g,
    '$1',
  )
}
