/**
 * Whether a match of a literal search stands on its own: no digit, and no digit behind a dot, touches it, or it would
 * be a piece of a longer version (`1.2.3` in `11.2.30` or in `1.2.3.4`). An edge that is no part of a version (a quote,
 * a word) may be followed by anything. At an edge that is a letter of a version, no letter or digit may touch either.
 */
export function standsAlone(text: string, start: number, end: number, edges: VersionEdges): boolean {
  const match = text.slice(start, end)
  return (
    !touchedBefore(text.slice(0, start), match, edges.start) &&
    !touchedAfter(text.slice(end), match, edges.end)
  )
}

/** Whether the search starts or ends with the version itself. */
export interface VersionEdges {
  readonly start: boolean
  readonly end: boolean
}

/** The edges of a search template, which is a version where it starts or ends with a field such as `{current_version}`. */
export function edgesOf(template: string): VersionEdges {
  return { start: /^\{[^{]/.test(template), end: /[^}]\}$/.test(template) }
}

function touchedBefore(before: string, match: string, isVersion: boolean): boolean {
  if (/^\p{Nd}/u.test(match)) return /\p{Nd}\.?$/u.test(lastOf(before))
  if (/^\.\p{Nd}/u.test(match)) return /\p{Nd}$/u.test(lastOf(before))
  return isVersion && /^\p{L}/u.test(match) && /[\p{L}\p{N}_]$/u.test(lastOf(before))
}

function touchedAfter(after: string, match: string, isVersion: boolean): boolean {
  if (/\p{Nd}$/u.test(match)) return /^\.?\p{Nd}/u.test(after)
  if (/\p{Nd}\.$/u.test(match)) return /^\p{Nd}/u.test(after)
  return isVersion && /\p{L}$/u.test(match) && /^[\p{L}\p{N}_]/u.test(after)
}

/** Enough of the end of a text to look at: two characters, of two units each. */
function lastOf(text: string): string {
  return text.slice(-4)
}
