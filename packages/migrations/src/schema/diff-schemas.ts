import { structuredPatch } from 'diff'
import { EMPTY_SCHEMA, familyOf, type Schema } from './read-schema.ts'
import { labelOf, objectsOf, withSortedColumns } from './schema-objects.ts'

export interface SchemaDiff {
  readonly equal: boolean
  /** True when the same columns stand in another order and nothing else differs. */
  readonly onlyOrder: boolean
  /** Unified diff, cut to a number of bytes; empty when equal. */
  readonly diff: string
  /** Lines, also those that were cut. */
  readonly added: number
  readonly removed: number
}

export interface DiffLabels {
  readonly before: string
  readonly after: string
}

type Text = Pick<Schema, 'engine' | 'text'>
type BeforeText = Text | typeof EMPTY_SCHEMA

/** Texts further apart than this many lines take seconds to compare and nobody reads the result. */
const MOST_EDITS = 2000

/**
 * Compares two schemas; `budget` is the most bytes of the diff. Each hunk is headed by the object that it changes. Throws
 * an Error for schemas of different engines: no comparison must pass, or fail, for the way they are written.
 */
export function diffSchemas(given: BeforeText, after: Text, labels: DiffLabels, budget = 60_000): SchemaDiff {
  const before = given === EMPTY_SCHEMA ? { engine: after.engine, text: '' } : given
  if (familyOf(before.engine) !== familyOf(after.engine)) {
    throw new Error(`a schema by ${before.engine} cannot be compared with one by ${after.engine}`)
  }
  if (before.text === after.text) return { equal: true, onlyOrder: false, diff: '', added: 0, removed: 0 }
  const onlyOrder = withSortedColumns(before.text) === withSortedColumns(after.text)
  const body = changedLines(before.text, after.text) ?? changedObjects(before.text, after.text)
  const lines = [`--- ${labels.before}`, `+++ ${labels.after}`, ...body]
  const count = (sign: string) => body.filter(line => line.startsWith(sign)).length
  return { equal: false, onlyOrder, diff: cut(lines, budget), added: count('+'), removed: count('-') }
}

function changedLines(before: string, after: string): string[] | undefined {
  const options = { context: 3, maxEditLength: MOST_EDITS }
  const patch = structuredPatch('', '', before, after, undefined, undefined, options)
  if (!patch) return undefined
  const texts = { old: before.split('\n'), new: after.split('\n') }
  return patch.hunks.flatMap(hunk => {
    const place = `-${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines}`
    const first = hunk.lines.findIndex(line => /^[-+]./.test(line))
    const removed = hunk.lines[first]?.startsWith('-')
    const before = hunk.lines.slice(0, first).filter(line => !line.startsWith(removed ? '+' : '-')).length
    const label = removed
      ? labelOf(texts.old, hunk.oldStart - 1 + before)
      : labelOf(texts.new, hunk.newStart - 1 + before)
    return [`@@ ${place} @@ ${label}`.trimEnd(), ...hunk.lines]
  })
}

function changedObjects(before: string, after: string): string[] {
  const [old, fresh] = [new Set(objectsOf(before)), new Set(objectsOf(after))]
  return [
    `@@ more than ${MOST_EDITS} lines differ; the objects that only one side has @@`,
    ...[...old].filter(name => !fresh.has(name)).map(name => `-${name}`),
    ...[...fresh].filter(name => !old.has(name)).map(name => `+${name}`),
  ]
}

function cut(lines: readonly string[], budget: number): string {
  let bytes = 0
  const end = lines.findIndex(line => {
    bytes += Buffer.byteLength(line) + 1
    return bytes > budget
  })
  if (end < 0) return `${lines.join('\n')}\n`
  return `${lines.slice(0, end).join('\n')}\n… ${lines.length - end} more lines of this diff are left out.\n`
}
