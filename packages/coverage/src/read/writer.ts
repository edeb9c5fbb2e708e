/** A version or a name with one. What else a report may say of its writer is not worth showing, and can be meant to harm. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9.+_ -]{0,59}$/

/** The name and version of a writer as they can be shown; undefined for anything but a short plain text. */
export function plainVersion(version: unknown): string | undefined {
  return typeof version === 'string' && PLAIN.test(version) ? Buffer.from(version).toString() : undefined
}
