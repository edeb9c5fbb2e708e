import { satisfies, validRange } from '@renovatebot/pep440'
import { UserError } from '@tokenledger/kit'
import { DEFAULT_UV_VERSION, type UvRequest } from './request.ts'

export type VersionRequest =
  | { readonly kind: 'exact'; readonly version: string }
  /** `range` is PEP 440, whatever spelling was given. */
  | { readonly kind: 'range'; readonly range: string }
  | { readonly kind: 'latest' }

const EXACT = /^={0,3}v?(\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?)$/

/**
 * Reads what a person, a `required-version` or a `.tool-versions` file may say: nothing, an exact version, `latest`, or a
 * range in PEP 440 or in the common part of semver (`0.12.x`, `^0.12.1`, `~0.12`, clauses separated by blanks).
 */
export function parseSpecifier({
  specifier,
  reason,
}: Pick<UvRequest, 'specifier' | 'reason'>): VersionRequest {
  const written = specifier.trim()
  if (written === '') return { kind: 'exact', version: DEFAULT_UV_VERSION }
  if (written === 'latest') return { kind: 'latest' }
  const clauses = written.replace(/([<>=!~^])\s+/g, '$1').split(/\s*,\s*|\s+/)
  const [only] = clauses
  const exact = clauses.length === 1 && only ? EXACT.exec(only)?.[1] : undefined
  if (exact) return { kind: 'exact', version: exact }
  const range = clauses.flatMap(toPep440).join(',')
  if (validRange(range)) return { kind: 'range', range }
  throw new UserError(
    `The uv version "${written}" (${reason}) is neither a version nor a range. ` +
      'Examples: 0.12.5, 0.12.x, >=0.11,<0.13, latest.',
  )
}

/** Whether `version` answers the request; for `latest` only `newest` does. */
export function answers(request: VersionRequest, version: string, newest?: string): boolean {
  switch (request.kind) {
    case 'exact':
      return version === request.version
    case 'range':
      return satisfies(version, request.range)
    case 'latest':
      return version === newest
  }
}

/** The request as it stands in a message: `0.12.5`, `>=0.11,<0.13`, `latest`. */
export function inWords(request: VersionRequest): string {
  if (request.kind === 'exact') return request.version
  return request.kind === 'range' ? request.range : 'latest'
}

function toPep440(clause: string): string[] {
  if (/^[*xX]$/.test(clause)) return ['>=0']
  const semver = /^([\^~])v?(\d+(?:\.\d+){0,2})$/.exec(clause)
  if (semver?.[2]) return [`>=${semver[2]}`, `<${endOf(semver[1] === '^', semver[2].split('.').map(Number))}`]
  const prefix = /^={0,2}v?(\d+(?:\.\d+)?)(?:\.[*xX])?$/.exec(clause)
  if (prefix) return [`==${prefix[1]}.*`]
  return [clause.replace(/^=(?=\d)/, '==').replace(/^v(?=\d)/, '==')]
}

/** First version after a caret or tilde range: `^` keeps the leftmost number that is not 0, `~` the minor one. */
function endOf(caret: boolean, numbers: readonly number[]): string {
  const leftmost = numbers.findIndex(number => number > 0)
  const kept = caret && leftmost >= 0 ? leftmost : Math.min(1, numbers.length - 1)
  return numbers
    .slice(0, kept + 1)
    .map((number, place) => (place === kept ? number + 1 : number))
    .join('.')
}
