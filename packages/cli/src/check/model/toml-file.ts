import { parseToml, type Table } from '@tokenledger/python-project'
import type { Place } from '../finding.ts'

/** A TOML file whose keys can be pointed at. */
export interface TomlFile {
  readonly path: string
  readonly text: string
  readonly table: Table
  /** The line of a key, by its whole path; tables of a list are counted by number. */
  place(...keys: readonly (string | number)[]): Place
}

/** A syntax error is a UserError that starts with `path:line:column`. */
export function openToml(path: string, text: string): TomlFile {
  const table = parseToml(text, path)
  const found = keyLines(text)
  return {
    path,
    text,
    table,
    place(...keys) {
      for (let length = keys.length; length > 0; length--) {
        const at = found.get(keys.slice(0, length).join('.'))
        if (at) return { path, ...at }
      }
      return { path, line: 1, column: 1 }
    },
  }
}

interface Spot {
  readonly line: number
  readonly column: number
}

function keyLines(text: string): Map<string, Spot> {
  const found = new Map<string, Spot>()
  const counts = new Map<string, number>()
  let table: string[] = []
  let open: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    if (open === undefined) {
      const told = line.trimStart()
      const spot = { line: index + 1, column: line.length - told.length + 1 }
      const header = /^(\[\[?)([^\]]+)\]/.exec(told)
      const key = /^([\w"'. -]+)=/.exec(told)
      if (header) {
        table = header[1] === '[[' ? numbered(splitKey(header[2]), counts) : splitKey(header[2])
        found.set(table.join('.'), spot)
      } else if (key) found.set([...table, ...splitKey(key[1])].join('.'), spot)
    }
    open = openString(line, open)
  }
  return found
}

function numbered(keys: string[], counts: Map<string, number>): string[] {
  const name = keys.join('.')
  const count = counts.get(name) ?? 0
  counts.set(name, count + 1)
  return [...keys, String(count)]
}

function splitKey(key = ''): string[] {
  return key.split('.').map(part => part.trim().replace(/^["']|["']$/g, ''))
}

/** The delimiter of a string of several lines that is still open after this line. */
function openString(line: string, open: string | undefined): string | undefined {
  let state = open
  for (const [delimiter] of line.matchAll(/"""|'''/g)) {
    if (state === undefined) state = delimiter
    else if (state === delimiter) state = undefined
  }
  return state
}
