import { codeOf, type GlobPiece, readSegment, splitOutside } from './glob-segment.ts'

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

function pathSource(glob: string, dots: boolean): string {
  const names = splitOutside(glob.replace(/^(?:\.\/+)+/, ''), '/').filter(
    (name, index, all) => name !== '' || index === all.length - 1,
  )
  const anyName = dots ? '[^\\/]+' : '[^\\/.][^\\/]*'
  return names
    .map((name, index) => {
      const last = index === names.length - 1
      if (/^\*\*+$/.test(name)) return last ? `${anyName}(?:\\/${anyName})*` : `(?:${anyName}\\/)*`
      const rest = last ? '$' : '\\/'
      return segmentSource(readSegment(name), dots, rest) + (last ? '' : '\\/')
    })
    .join('')
}

/** One name; `rest` is what follows it, which a `!(…)` has to look at. */
function segmentSource(pieces: readonly GlobPiece[], dots: boolean, rest: string): string {
  return namePieces(pieces, rest, dots ? '' : '(?!(?<=^|\\/)\\.)')
}

/** `noDot` keeps a wildcard from matching a dot at the start of a name. */
function namePieces(pieces: readonly GlobPiece[], rest: string, noDot: string): string {
  return pieces.reduceRight((after, piece) => pieceSource(piece, after + rest, noDot) + after, '')
}

function pieceSource(piece: GlobPiece, following: string, noDot: string): string {
  switch (piece.kind) {
    case 'text':
      return codeOf(piece.text)
    case 'star':
      return `${noDot}[^\\/]*`
    case 'any':
      return `${noDot}[^\\/]`
    case 'set':
      return `${noDot}(?!\\/)${piece.source}`
    case 'group':
      return groupSource(piece, following, noDot)
  }
}

function groupSource(
  { sign, branches }: Extract<GlobPiece, { kind: 'group' }>,
  following: string,
  noDot: string,
): string {
  const any = `(?:${branches.map(branch => namePieces(branch, following, noDot)).join('|')})`
  if (sign === '!') return `(?!${any}${following})${noDot}[^\\/]*`
  return sign === '@' ? any : any + sign
}
