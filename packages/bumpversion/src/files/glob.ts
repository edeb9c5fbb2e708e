import { UserError } from '@tokenledger/kit'
import { codeOf, type GlobGroup, type GlobPiece, readSegment, splitOutside } from './glob-segment.ts'

/**
 * Which of these paths a glob of the configuration finds, as wcmatch does with GLOBSTAR, FORCEUNIX, SPLIT and EXTGLOB:
 * `**` is any depth, `|` separates patterns, `@(a|b)` and its kin are groups, braces are plain text, and a name that
 * starts with a dot must be asked for with a dot. `excluded` patterns need no dot for that. Files only; sorted.
 */
export function globFilter(
  glob: string,
  excluded: readonly string[],
): (paths: readonly string[]) => string[] {
  const wanted = patternsOf(glob, false)
  const unwanted = excluded.flatMap(pattern => patternsOf(pattern, true))
  const matches = (patterns: readonly RegExp[], path: string): boolean =>
    patterns.some(pattern => pattern.test(path))
  return paths => paths.filter(path => matches(wanted, path) && !matches(unwanted, path)).sort()
}

function patternsOf(glob: string, dots: boolean): RegExp[] {
  return splitOutside(glob, '|').map(pattern => new RegExp(`^${pathSource(pattern, dots)}$`, 'v'))
}

interface Writing {
  /** Whether a wildcard takes a dot at the start of a name. */
  readonly dots: boolean
  /** Numbers the groups `!(…)`. */
  readonly inverses: { count: number }
}

function pathSource(glob: string, dots: boolean): string {
  const writing = { dots, inverses: { count: 0 } }
  const names = splitOutside(glob.replace(/^(?:\.\/+)+/, ''), '/').filter(
    (name, index, all) => name !== '' || index === all.length - 1,
  )
  const anyName = dots ? '[^\\/]+' : '[^\\/.][^\\/]*'
  return names
    .map((name, index) => {
      const last = index === names.length - 1
      if (name === '**') return last ? `${anyName}(?:\\/${anyName})*` : `(?:${anyName}\\/)*`
      return nameSource(readSegment(name), writing) + (last ? '' : '\\/')
    })
    .join('')
}

function nameSource(pieces: readonly GlobPiece[], writing: Writing): string {
  return pieces.map(piece => pieceSource(piece, writing)).join('')
}

function pieceSource(piece: GlobPiece, writing: Writing): string {
  const noDot = writing.dots ? '' : '(?!(?<=^|\\/)\\.)'
  switch (piece.kind) {
    case 'text':
      // A slash can only be here inside of a group, where no name has one.
      return piece.text === '/' ? '[]' : codeOf(piece.text)
    case 'star':
      return `${noDot}[^\\/]*`
    case 'any':
      return `${noDot}[^\\/]`
    case 'set':
      return `${noDot}(?!\\/)${piece.source}`
    case 'group':
      return groupSource(piece, noDot, writing)
  }
}

function groupSource({ sign, branches }: GlobGroup, noDot: string, writing: Writing): string {
  if (sign === '!' && branches.some(hasInverse)) return doubleInverseSource(branches, noDot, writing)
  const any = `(?:${branches.map(branch => nameSource(branch, writing)).join('|')})`
  if (sign === '!') return inverseSource(any, noDot, writing)
  return sign === '@' ? any : any + sign
}

/** `!(!(…))` is `@(…)`. Other inverses inside of an inverse could only be read forwards and backwards at once. */
function doubleInverseSource(branches: GlobGroup['branches'], noDot: string, writing: Writing): string {
  const [piece] = branches.flat()
  if (branches.flat().length !== 1 || piece?.kind !== 'group' || piece.sign !== '!')
    throw new UserError(
      'BUMP_CONFIG_INVALID: a glob has !(…) inside of !(…); use glob_exclude, or set engine: bump-my-version',
    )
  return groupSource({ ...piece, sign: '@' }, noDot, writing)
}

function hasInverse(branch: readonly GlobPiece[]): boolean {
  return branch.some(
    piece => piece.kind === 'group' && (piece.sign === '!' || piece.branches.some(hasInverse)),
  )
}

/**
 * `!(…)`: any text that is not, as a whole, one of the branches. Where the text starts is remembered as what follows
 * there to the end of the path; looking back from where it ends, no branch may reach back to just that place.
 */
function inverseSource(any: string, noDot: string, { inverses }: Writing): string {
  const rest = `rest${inverses.count++}`
  return `(?=(?<${rest}>[^]*))${noDot}[^\\/]*(?<!(?=\\k<${rest}>$)${any})`
}
