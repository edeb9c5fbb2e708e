import type { Routes } from './world.ts'

export interface Match {
  /** `GET /repos/{owner}/{repo}` */
  readonly operation: string
  readonly params: Readonly<Record<string, string>>
  readonly handle: Routes[string]
}

/** Parameters that hold slashes. */
const LONG_PARAMETERS = new Set(['ref', 'basehead', 'branch'])

/** Finds the operation of a request; where two fit, the one with more literal text. */
export function router(routes: Routes): (method: string, path: string) => Match | undefined {
  const patterns = Object.entries(routes).map(([operation, handle]) => {
    const [method = '', template = ''] = operation.split(' ')
    return { operation, method, handle, pattern: patternOf(template), literal: literalLength(template) }
  })
  patterns.sort((a, b) => b.literal - a.literal)
  return (method, path) => {
    for (const { operation, method: expected, handle, pattern } of patterns) {
      const found = expected === method ? pattern.exec(path) : null
      if (found) return { operation, handle, params: decoded(found.groups ?? {}) }
    }
    return undefined
  }
}

function patternOf(template: string): RegExp {
  const source = template
    // Without a path the contents are those of the root.
    .replace(/\/\{path\}$/, '(?:/(?<path>.*))?')
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      LONG_PARAMETERS.has(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    )
  return new RegExp(`^${source}$`)
}

function literalLength(template: string): number {
  return template.replace(/\{\w+\}/g, '').length
}

function decoded(groups: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(groups)
  return Object.fromEntries(entries.map(([name, value = '']) => [name, decodeURIComponent(value)]))
}
