import { TemplateError } from './template-error.ts'

interface Spec {
  readonly fill: string
  readonly align: string
  readonly sign: string
  readonly alternate: boolean
  readonly width: number
  readonly grouping: string
  readonly precision: number | undefined
  readonly type: string
}

/** docs.python.org/3/library/string.html, "Format Specification Mini-Language". */
const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$/su

/** A text as Python's `format(text, spec)` gives it. */
export function formatText(text: string, spec: string): string {
  const read = readSpec(spec, '<')
  const { align, type, precision } = read
  if ((type !== '' && type !== 's') || read.sign || read.grouping || read.alternate || align === '=')
    throw new TemplateError(`format specification "${spec}" does not fit a text`)
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('')
  return padded('', cut, read)
}

/** A whole number as Python's `format(number, spec)` gives it, for the types d, b, o, x, X, n. */
export function formatInteger(number: bigint, spec: string): string {
  const read = readSpec(spec, '>')
  const radix = { '': 10, d: 10, n: 10, b: 2, o: 8, x: 16, X: 16 }[read.type]
  const commaFits = read.grouping !== ',' || (radix === 10 && read.type !== 'n')
  const lineFits = read.grouping !== '_' || read.type !== 'n'
  if (radix === undefined || read.precision !== undefined || !commaFits || !lineFits)
    throw new TemplateError(`format specification "${spec}" is not supported for a whole number`)
  const digits = (number < 0n ? -number : number).toString(radix)
  const sign =
    (number < 0n ? '-' : read.sign.replace('-', '')) + (read.alternate && radix !== 10 ? `0${read.type}` : '')
  return padded(sign, grouped(read.type === 'X' ? digits.toUpperCase() : digits, sign, read), read)
}

/** The whole number that Python's `int()` reads in a text, if it is one. */
export function integerOf(text: string): bigint | undefined {
  const trimmed = text.trim()
  return /^[+-]?\d+(?:_\d+)*$/.test(trimmed)
    ? BigInt(trimmed.replaceAll('_', '').replace(/^\+/, ''))
    : undefined
}

function readSpec(spec: string, align: string): Spec {
  const groups = SPEC.exec(spec)?.groups
  if (!groups) throw new TemplateError(`invalid format specification "${spec}"`)
  const zero = groups.zero !== undefined
  return {
    fill: groups.fill ?? (zero ? '0' : ' '),
    align: groups.align ?? (zero && align === '>' ? '=' : align),
    sign: groups.sign ?? '',
    alternate: groups.alternate !== undefined,
    width: Number(groups.width ?? 0),
    grouping: groups.grouping ?? '',
    precision: groups.precision === undefined ? undefined : Number(groups.precision),
    type: groups.type ?? '',
  }
}

/** Zeros that fill up to the width are grouped too. */
function grouped(digits: string, sign: string, spec: Spec): string {
  if (spec.grouping === '') return digits
  const size = 'boxX'.includes(spec.type || 'd') ? 4 : 3
  const separate = (text: string): string =>
    text.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, 'g'), spec.grouping)
  let filled = digits
  if (spec.fill === '0' && spec.align === '=')
    while (sign.length + separate(filled).length < spec.width) filled = `0${filled}`
  return separate(filled)
}

function padded(sign: string, body: string, { fill, align, width }: Spec): string {
  const missing = Math.max(0, width - [...sign, ...body].length)
  const left = align === '^' ? Math.floor(missing / 2) : align === '<' ? 0 : missing
  if (align === '=') return sign + fill.repeat(missing) + body
  return fill.repeat(left) + sign + body + fill.repeat(missing - left)
}
