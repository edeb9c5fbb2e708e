import type { Target } from '../database/target.ts'

/** Python's `quote` leaves these alone besides letters, digits and `_.-~`; SQLAlchemy adds space and plus (engine/url.py). */
const LEFT_ALONE = /[^A-Za-z0-9_.~ +-]/gu

/**
 * `redact`, and before it the password as SQLAlchemy's `render_as_string(hide_password=False)` and `str(url)` of old versions
 * spell it: percent-encoded but for space and plus.
 */
export function redactSqlAlchemy(
  { password }: Pick<Target, 'password'>,
  redact: (text: string) => string,
): (text: string) => string {
  const spelled = password.replace(LEFT_ALONE, encoded)
  // A password without special characters may be a word of the log; that is redact's to judge.
  if (spelled === password) return redact
  return text => redact(text.replaceAll(spelled, '***').replaceAll(spelled.replaceAll('%', '%%'), '***'))
}

function encoded(character: string): string {
  return [...Buffer.from(character)]
    .map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}
