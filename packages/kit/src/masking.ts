import * as core from '@actions/core'

/** Shorter values are parts of ordinary words; masking them would garble the log and hide nothing. */
const SHORTEST_MASKED = 4

/** The spellings of a secret that can reach a log: raw, URL-encoded, base64, and each line of a multi-line one. */
export function spellingsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/)
  const spellings = [secret, ...lines, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return [...new Set(spellings)].filter(spelling => spelling.trim().length >= SHORTEST_MASKED)
}

/** Masks a secret in all its spellings. Call it before the first line that could hold it is printed. */
export function mask(secret: string): void {
  for (const spelling of spellingsOf(secret)) core.setSecret(spelling)
}

/** A URL without user, password and query, safe to print; what is not a URL comes back as "(not a URL)". */
export function withoutCredentials(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url)
    return `${protocol}//${host}${pathname}`
  } catch {
    return '(not a URL)'
  }
}
