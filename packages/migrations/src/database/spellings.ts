/**
 * The spellings of a password that programs print: as it is, percent-encoded by JavaScript, by RFC 3986 and by Python's
 * `quote` and `quote_plus`, by SQLAlchemy (which leaves space and plus alone: engine/url.py), escaped for JSON, a Python string, SQL or libpq, and each of them with `%` doubled, as
 * Alembic's ConfigParser needs it. The longest come first, so that none is replaced in part.
 */
export function passwordSpellings(password: string, asInUrl: readonly string[] = []): string[] {
  if (!password) return []
  const uri = encodeURIComponent(password)
  const rfc3986 = uri.replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const sqlAlchemy = rfc3986.replaceAll('%20', ' ').replaceAll('%2B', '+')
  const encoded = [...asInUrl, uri, rfc3986, sqlAlchemy].flatMap(text => [
    text,
    text.replaceAll('%2F', '/'),
    text.replaceAll('%20', '+'),
  ])
  const lowerCase = encoded.map(text => text.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase()))
  const escaped = [
    JSON.stringify(password).slice(1, -1),
    asciiJson(password),
    password.replace(/['\\]/g, '\\$&'),
    password.replaceAll("'", "''"),
  ]
  const all = [password, ...encoded, ...lowerCase, ...escaped]
  const doubled = all.map(text => text.replaceAll('%', '%%'))
  return [...new Set([...all, ...doubled])].filter(Boolean).sort((a, b) => b.length - a.length)
}

/** The password of a database URL as the URL spells it; none when it is not where a password belongs. */
export function spelledPassword(url: string | undefined): string[] {
  const [, inAuthority] = /^[a-z][\w+.-]*:\/\/[^:/?#@]*:([^/?#@]*)@/i.exec(url?.trim() ?? '') ?? []
  const [, inQuery] = /[?&]password=([^&#]*)/.exec(url ?? '') ?? []
  return [inAuthority, inQuery].filter(text => text !== undefined && text !== '') as string[]
}

function asciiJson(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
