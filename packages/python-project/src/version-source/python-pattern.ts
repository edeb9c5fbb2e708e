import { UserError } from '@tokenledger/kit'
import { certainGroups } from './certain-groups.ts'

/** Pieces of a pattern of Python's `re`: heads of groups, escapes, classes, quantifiers that JavaScript lacks, any other character. */
const PIECE =
  /\(\?(?:P<\w+>|P=\w+\)|[aiLmsux]+\)|[:=!]|<[=!]|#[^)]*\)|.?)|\\\d+|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|(?:[*+?]|\{\d*,?\d*\})\+|\{,\d+\}|[\s\S]/g

/** Escapes that mean the same in both languages; Python refuses a backslash before any other letter. */
const SAME_ESCAPE = /^\\(?:[dDwWsSbBnrtfv]|[^A-Za-z0-9])$/

const REFERENCE = /^(?:\(\?P=(\w+)\)|\\([1-9]\d?))$/

const FLAGS = /^\(\?([imsu]+)\)$/

/**
 * A pattern of Python's `re` with MULTILINE as a JavaScript one, to be used on text whose line ends are `\n`. What
 * JavaScript has no equal for is a UserError that names it; `where` is where the pattern stands.
 */
export function pythonPattern(pattern: string, where: string): RegExp {
  const pieces = pattern.match(PIECE) ?? []
  const certain = certainGroups(pieces)
  const flags = new Set('dm')
  const source = pieces.map((piece, index) => {
    const global = index === 0 ? FLAGS.exec(piece)?.[1] : undefined
    if (global === undefined) return translated(piece, where, certain)
    for (const flag of global) if (flag !== 'u') flags.add(flag)
    return ''
  })
  try {
    return new RegExp(source.join(''), [...flags].join(''))
  } catch (error) {
    throw new UserError(
      `${where} is no valid regular expression: ${(error as SyntaxError).message}. Correct it.`,
    )
  }
}

function translated(piece: string, where: string, certain: ReadonlySet<string>): string {
  const [, name, number] = REFERENCE.exec(piece) ?? []
  if (name !== undefined && certain.has(name)) return `\\k<${name}>`
  if (number !== undefined && certain.has(number)) return `(?:${piece})`
  if (piece.startsWith('(?P<')) return piece.replace('(?P<', '(?<')
  if (piece.startsWith('{,') && piece.length > 1) return piece.replace('{,', '{0,')
  if (/^\(\?(?:[:=!]|<[=!])$/.test(piece)) return piece
  if (piece === '\\A') return '(?<![\\s\\S])'
  if (piece === '\\Z') return '(?![\\s\\S])'
  if (SAME_ESCAPE.test(piece)) return piece
  if (piece.startsWith('[') && piece.length > 1) return translatedClass(piece, where)
  if (piece.length === 1 && piece !== '\\') return piece
  throw unsupported(piece, where)
}

function unsupported(piece: string, where: string): UserError {
  return new UserError(
    `BUMP_REGEX_UNSUPPORTED: ${where} uses "${piece}", which has no equal in JavaScript. Write the pattern without it, or list the file under [[tool.bumpversion.files]] and set engine: bump-my-version.`,
  )
}

/** A bracket that comes first is a member in Python, and would end the class in JavaScript. */
function translatedClass(piece: string, where: string): string {
  const [, open = '', members = ''] = /^(\[\^?)([\s\S]*)\]$/.exec(piece) ?? []
  const translatedMembers = members.replace(/\\[\s\S]|\[|^\]/g, member => {
    if (member.startsWith('\\')) {
      if (SAME_ESCAPE.test(member)) return member
      throw unsupported(member, where)
    }
    return `\\${member}`
  })
  return `${open}${translatedMembers}]`
}
