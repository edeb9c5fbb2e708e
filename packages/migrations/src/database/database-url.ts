import { UserError } from '@tokenledger/kit'

/** The settings of a connection that we read, under libpq's names (documentation, "Parameter Key Words"). */
export const KEYWORDS = [
  'host',
  'hostaddr',
  'port',
  'dbname',
  'user',
  'password',
  'passfile',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'options',
  'connect_timeout',
] as const
export type Keyword = (typeof KEYWORDS)[number]
export type Settings = Partial<Record<Keyword, string>>

/** Settings of libpq that change nothing for us: how it keeps a connection, and what the action decides by itself. */
const WITHOUT_EFFECT =
  /^(application_name|fallback_application_name|keepalives(_\w+)?|tcp_user_timeout|client_encoding|channel_binding|gssencmode|target_session_attrs|sslsni|sslcompression)$/

const FOREIGN =
  /^(mysql|mariadb|sqlite|jdbc|mssql|sqlserver|oracle|mongodb|redis|cockroachdb|clickhouse|https?|file|dbm|pgbouncer)(?=[+:])/i

const SHAPE = /^(postgres|postgresql)(?:\+\w+)?:\/\/([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?$/is

/**
 * Takes a database URL apart as libpq does (documentation, "Connection URIs"), with a driver's name dropped
 * (`postgresql+psycopg2://`). Where libpq, SQLAlchemy and WHATWG read one spelling in different ways, it is refused.
 * `name` is what the URL was given as. Throws a UserError that holds no part of the URL but a known scheme.
 */
export function readDatabaseUrl(url: string, name: string): Settings {
  const nearPassword = () =>
    new UserError(
      `${name} is not a valid URL near its password. Percent-encode @ : / # % ? in it (e.g. with encodeURIComponent). The value is not shown.`,
    )
  const [, scheme] = FOREIGN.exec(url) ?? []
  if (scheme) throw foreign(name, scheme.toLowerCase())
  if (!/^postgres(ql)?(\+\w+)?:\/\//i.test(url)) throw notPostgres(name)
  const [, , authority = '', path = '', query = ''] = SHAPE.exec(url) ?? [undefined]
  const [userinfo, place, ...more] = authority.includes('@') ? authority.split('@') : ['', authority]
  const behind = authority ? path + query : path
  if (!SHAPE.test(url) || more.length > 0 || behind.includes('@') || hasControl(url)) throw nearPassword()

  const decode = (text: string) => percentDecode(text) ?? fail(nearPassword())
  const [user = '', ...passwordParts] = (userinfo ?? '').split(':')
  if (place?.includes(',')) throw severalHosts(name)
  const [, bracketed, plain, port = ''] = /^(?:\[([^[\]]+)\]|([^:[\]]*))(?::(\d*))?$/.exec(place ?? '') ?? []
  if (bracketed === undefined && plain === undefined) throw nearPassword()

  const fromParts: Settings = {
    host: decode(bracketed ?? plain ?? ''),
    port,
    user: decode(user),
    password: decode(passwordParts.join(':')),
    dbname: decode(path.slice(1)),
  }
  return { ...given(fromParts), ...readQuery(query, name, decode) }
}

/** Percent-decoding without the `+` of forms; undefined for a broken escape, bytes that are no UTF-8, or a NUL. */
export function percentDecode(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text)
    return decoded.includes('\0') ? undefined : decoded
  } catch {
    return undefined
  }
}

/** A UserError for a setting that lists several hosts, which libpq tries in turn. */
export function severalHosts(name: string): UserError {
  return new UserError(
    `${name} lists several hosts. Migrations run on one server: give the primary alone. The value is not shown.`,
  )
}

function readQuery(query: string, name: string, decode: (text: string) => string): Settings {
  const settings: Settings = {}
  for (const pair of query.split('&').filter(Boolean)) {
    const [rawKey = '', ...rest] = pair.split('=')
    const key = decode(rawKey)
    const value = decode(rest.join('='))
    if (isKeyword(key)) settings[key] = value
    else if (key === 'ssl') settings.sslmode = SSL_WORDS[value] ?? value
    else if (!WITHOUT_EFFECT.test(key)) throw unknownSetting(name, key, query)
  }
  return given(settings)
}

/** JDBC and libpq write `ssl=true`; asyncpg writes a mode, which is kept. */
const SSL_WORDS: Readonly<Record<string, string>> = { true: 'require', false: 'disable' }

function isKeyword(key: string): key is Keyword {
  return (KEYWORDS as readonly string[]).includes(key)
}

/** The settings that have a value: libpq takes an empty one as not given. */
function given(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value))
}

function unknownSetting(name: string, key: string, query: string): UserError {
  // A password with a bare & would put a piece of itself here.
  const named =
    /^[a-z_]{2,40}$/i.test(key) && !/password=/i.test(query) ? `the setting "${key}"` : 'a setting'
  return new UserError(
    `${name} has ${named} that PostgreSQL's own programs do not know. Remove it from the URL; what follows "?" may be: ${KEYWORDS.join(', ')}.`,
  )
}

function foreign(name: string, scheme: string): UserError {
  return new UserError(
    `${name} has the scheme "${scheme}", but migrations run on PostgreSQL: postgresql://user:password@host:5432/database. The value is not shown.`,
  )
}

function notPostgres(name: string): UserError {
  return new UserError(
    `${name} does not start with postgresql://. Write postgresql://user:password@host:5432/database. The value is not shown.`,
  )
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text)
}

function fail(error: UserError): never {
  throw error
}
