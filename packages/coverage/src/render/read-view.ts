import { FORMATS } from '../model/report.ts'
import type { CoverageView } from './coverage-view.ts'

/** Reads one value or throws an Error that names where it stands and what is wrong. */
type Reader<T> = (value: unknown, at: string) => T

/** More than any list that is shown; a view is data of a stranger when it comes from a fork. */
const MOST_ITEMS = 20_000
const LONGEST_TEXT = 4000

const text: Reader<string> = (value, at) => {
  if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value
  throw wrong(at, `no text of at most ${LONGEST_TEXT} characters`)
}

const count: Reader<number> = (value, at) => {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number
  throw wrong(at, 'no whole number from 0 on')
}

const yes: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value
  throw wrong(at, 'neither true nor false')
}

function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value, at) => {
    if ((words as readonly unknown[]).includes(value)) return value as T
    throw wrong(at, `none of ${words.join(', ')}`)
  }
}

function listOf<T>(item: Reader<T>): Reader<T[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > MOST_ITEMS)
      throw wrong(at, `no list of at most ${MOST_ITEMS}`)
    return value.map((each, index) => item(each, `${at}[${index}]`))
  }
}

type Fields = Readonly<Record<string, Reader<unknown>>>
type Read<F extends Fields> = { [K in keyof F]: F[K] extends Reader<infer T> ? T : never }

/** An object with these fields, and with those of `optional` that it has; fields that nobody knows are left out. */
function object<F extends Fields, O extends Fields = Record<never, never>>(
  fields: F,
  optional?: O,
): Reader<Read<F> & Partial<Read<O>>> {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(at, 'no object')
    const given = value as Record<string, unknown>
    const read = Object.entries(fields).map(([name, reader]) => [name, reader(given[name], `${at}.${name}`)])
    for (const [name, reader] of Object.entries(optional ?? {})) {
      if (given[name] !== undefined) read.push([name, reader(given[name], `${at}.${name}`)])
    }
    return Object.fromEntries(read) as Read<F> & Partial<Read<O>>
  }
}

function wrong(at: string, what: string): Error {
  return new Error(`${at} is ${what}`)
}

const GATES = ['min-total', 'min-patch', 'min-file-patch', 'max-drop'] as const
const totals = object({ statements: count, executed: count, exits: count, taken: count })
const lines = object({ from: count, to: count })
const range = object(
  { kind: oneOf('missed', 'partial'), from: count, to: count, statements: count, exits: listOf(text) },
  { head: lines },
)
const changedFile = object({ path: text, covered: count, valid: count, ranges: listOf(range) })
const measured = object({
  kind: oneOf('measured'),
  covered: count,
  valid: count,
  files: listOf(changedFile),
  source: text,
  notComparable: listOf(object({ path: text, reason: text })),
})
const unknown = object({ kind: oneOf('unknown'), reason: text })
const patch: Reader<CoverageView['patch']> = (value, at) => {
  const isMeasured = (value as { kind?: unknown } | null)?.kind === 'measured'
  return isMeasured ? measured(value, at) : unknown(value, at)
}
const check = object({ gate: oneOf(...GATES), required: text, actual: text, met: yes })
const verdict = object({
  gate: oneOf('pass', 'fail', 'not-applicable'),
  checks: listOf(check),
  failures: listOf(object({ gate: oneOf(...GATES), message: text })),
})
const reportLine = object(
  { path: text, format: oneOf(...FORMATS), sources: listOf(text), files: count },
  { writer: text },
)
const computed = object({
  reports: listOf(reportLine),
  totalSource: text,
  unresolved: listOf(text),
  excluded: listOf(text),
  disagreements: listOf(object({ path: text, line: count, what: text })),
})
const view = object(
  {
    verdict,
    errors: listOf(text),
    warnings: listOf(text),
    precision: count,
    total: totals,
    files: listOf(object({ path: text, totals })),
    patch,
    computed,
  },
  { base: object({ total: totals, source: text }) },
)

/**
 * A view from JSON that somebody else may have written, without its links. Every field is checked, and what is not known is left
 * out. Throws an Error that names the first field that is wrong.
 */
export function readView(value: unknown): Omit<CoverageView, 'links' | 'upload'> {
  const read = view(value, 'view')
  if (read.precision > 6) throw wrong('view.precision', 'more than 6')
  for (const [at, { executed, statements, taken, exits }] of [
    ['view.total', read.total],
    ...read.files.map(file => [`the totals of ${file.path}`, file.totals] as const),
  ] as const) {
    if (executed > statements || taken > exits) throw wrong(at, 'more covered than there is')
  }
  if (read.patch.kind === 'measured' && read.patch.covered > read.patch.valid) {
    throw wrong('view.patch', 'more covered than there is')
  }
  return read
}
