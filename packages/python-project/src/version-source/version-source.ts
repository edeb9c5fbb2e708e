import { UserError } from '@tokenledger/kit'

export type SourceKind =
  | 'project'
  | 'poetry'
  | 'hatch'
  | 'setuptools-attr'
  | 'setuptools-file'
  | 'flit'
  | 'pdm'
  | 'package.json'
  | 'package-lock.json'
  | 'uv.lock'

/** A place in a file that holds the project's version. */
export interface VersionSource {
  readonly kind: SourceKind
  /** A `source` says what the version is; a `copy` (a lock file) only follows, and may be behind without harm. */
  readonly role: 'source' | 'copy'
  /** Path as {@link ReadText} takes it. */
  readonly path: string
  /** Line of the version, from 1. */
  readonly line: number
  /** As it is written there. */
  readonly version: string
  /** What names this place: `path of [tool.hatch.version] in pyproject.toml`. */
  readonly reason: string
  /**
   * The whole new text of the file: `next` stands where the version stood, in the spelling that the file takes, and
   * everything else is as it was, byte for byte. Give `text` when the file was edited for another source before. A
   * UserError when the result would not be read back as `next`.
   */
  edit(next: string, text?: string): string
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** What a {@link VersionSource} is made of. */
export interface Place extends Pick<VersionSource, 'kind' | 'role' | 'path' | 'reason'> {
  readonly text: string
  /** Every spot where this place keeps the version; none when it cannot be found. */
  locate(text: string): readonly Span[]
  /** How the file writes a version; as it is given when absent. */
  spell?(next: string): string
  /** What should stand there, for the message when it does not. */
  readonly expected: string
}

/** A place as a source. A UserError when its version cannot be found in its text. */
export function sourceAt(place: Place): VersionSource {
  const [span] = located(place, place.text)
  return {
    kind: place.kind,
    role: place.role,
    path: place.path,
    line: place.text.slice(0, span.start).split('\n').length,
    version: place.text.slice(span.start, span.end),
    reason: place.reason,
    edit: (next, text = place.text) => edited(place, text, place.spell ? place.spell(next) : next),
  }
}

function edited(place: Place, text: string, next: string): string {
  const result = splice(text, located(place, text), next)
  const found = place.locate(result).map(({ start, end }) => result.slice(start, end))
  if (found.length > 0 && found.every(version => version === next)) return result
  const readBack = found.length > 0 ? `reads back as ${found.join(' and ')}` : 'cannot be read back'
  throw new UserError(
    `${next}, written to ${place.path}, ${readBack} (${place.reason}); no file was changed. Choose a version that fits, or correct what reads it.`,
  )
}

function located(place: Place, text: string): readonly [Span, ...Span[]] {
  const [first, ...rest] = place.locate(text)
  if (first) return [first, ...rest]
  throw new UserError(
    `BUMP_SEARCH_MISSING: no version found in ${place.path}, where ${place.reason} points; no file was changed. Expected ${place.expected}.`,
  )
}

function splice(text: string, spans: readonly Span[], insert: string): string {
  const fromTheEnd = spans.toSorted((a, b) => b.start - a.start)
  return fromTheEnd.reduce(
    (result, { start, end }) => result.slice(0, start) + insert + result.slice(end),
    text,
  )
}
