import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSocket } from './hosts.ts'

interface Login {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The password that libpq's password file has for a login; empty when there is no file or no line that fits. */
export function passwordFromFile(login: Login, passfile: string | undefined, env: Environment): string {
  const path = passfile || defaultPath(env)
  if (!path) return ''
  try {
    return passwordFor(login, readFileSync(path, 'utf8'))
  } catch {
    return ''
  }
}

/**
 * The password of the first line `host:port:database:user:password` that fits (documentation, "The Password File"): `*`
 * fits everything, a backslash takes the next character as it is, and a socket counts as localhost.
 */
export function passwordFor({ host, port, database, user }: Login, file: string): string {
  const wanted = [isSocket(host) ? 'localhost' : host, String(port), database, user]
  for (const line of file.split(/\r?\n/)) {
    if (line.startsWith('#')) continue
    const [fields, password] = fieldsOf(line)
    const fits =
      fields.length === 4 && fields.every((field, i) => field === '*' || unescaped(field) === wanted[i])
    if (fits) return unescaped(password)
  }
  return ''
}

/** The first four fields of a line, still escaped, and what follows them. */
function fieldsOf(line: string): [string[], string] {
  const [, a, b, c, d, password] =
    /^((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):((?:\\.|[^:\\])*):(.*)$/.exec(line) ?? []
  return a === undefined ? [[], ''] : [[a, b ?? '', c ?? '', d ?? ''], password ?? '']
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/g, '$1')
}

function defaultPath({ APPDATA, HOME }: Environment): string | undefined {
  if (process.platform === 'win32') return APPDATA && join(APPDATA, 'postgresql', 'pgpass.conf')
  return HOME && join(HOME, '.pgpass')
}
