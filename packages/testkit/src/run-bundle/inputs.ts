import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** What the contexts of a default such as `${{ github.token }}` stand for here. */
export type Contexts = Readonly<Record<string, string>>

/**
 * The INPUT_* variables that the runner sets: defaults of action.yml filled in, names upper-cased with their hyphens
 * kept. An input that the action does not declare is an error here, while GitHub only warns.
 */
export function inputVariables(
  actionYml: string,
  given: Readonly<Record<string, string>>,
  contexts: Contexts,
): Record<string, string> {
  const { inputs }: { inputs?: Record<string, { default?: unknown }> } = parse(
    readFileSync(actionYml, 'utf8'),
  )
  const declared = inputs ?? {}
  const unknown = Object.keys(given).filter(name => !(name in declared))
  if (unknown.length > 0) throw new Error(`${actionYml} does not declare: ${unknown.join(', ')}`)
  return Object.fromEntries(
    Object.entries(declared).map(([name, { default: fallback }]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      given[name] ?? evaluate(String(fallback ?? ''), contexts),
    ]),
  )
}

function evaluate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (expression, name: string) => {
    const value = contexts[name]
    if (value === undefined) throw new Error(`No value here for the default ${expression}`)
    return value
  })
}
