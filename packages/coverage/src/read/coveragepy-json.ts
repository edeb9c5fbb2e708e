import { UserError } from '@tokenledger/kit'
import type { Totals } from '../model/totals.ts'
import { addArcs } from './coveragepy-arcs.ts'
import { ExitCodes } from './exit-codes.ts'
import { Exits } from './exits.ts'
import { FileSet } from './file-set.ts'
import { parseJson } from './parse-json.ts'
import { quoted } from './refusal.ts'
import type { ReportText } from './report-text.ts'
import { Statements } from './statements.ts'
import { isLine } from './whole-number.ts'
import { plainVersion } from './writer.ts'
import type { ReportContent } from './xml/xml-format.ts'

/** A format without number is the first one, whose parts that are read here are the same (coverage/jsonreport.py). */
const FORMATS: readonly unknown[] = [undefined, 2, 3]

type Json = Readonly<Record<string, unknown>>

/** Reads what `coverage json` writes. Excluded lines are no statements. */
export async function readCoveragePyJson(text: ReportText): Promise<ReportContent> {
  const content = await parseJson(text)
  return new JsonReport(text.report, content).content()
}

class JsonReport {
  readonly #report: string
  readonly #root: Json
  readonly #codes = new ExitCodes()
  readonly #files: FileSet
  readonly #statements = new Statements()
  readonly #exits = new Exits(this.#codes)

  constructor(report: string, root: unknown) {
    this.#report = report
    this.#files = new FileSet(report, this.#codes)
    this.#root = this.#object(root, 'the report')
  }

  content(): ReportContent {
    const { version, timestamp } = this.#meta()
    for (const [name, file] of Object.entries(this.#object(this.#root.files, 'files'))) {
      const where = `files[${JSON.stringify(name)}]`
      this.#file(this.#object(file, where), where)
      this.#files.add(name, this.#statements, this.#exits)
    }
    // A time without zone is local time, in JavaScript too.
    const writtenAt = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
    return {
      format: 'coveragepy-json',
      writer: `coverage.py ${plainVersion(version) ?? ''}`.trim(),
      sources: [],
      ...(Number.isNaN(writtenAt) ? {} : { writtenAt }),
      declared: this.#declared(),
      files: this.#files.finish(),
    }
  }

  #meta(): Json {
    const { meta, files } = this.#root
    if (meta === undefined || files === undefined) {
      throw new UserError(
        `${this.#report} is JSON, but not that of coverage.py${otherJson(this.#root)}. Give coverage.json (coverage json), coverage.xml or lcov.info.`,
      )
    }
    const { format, ...rest } = this.#object(meta, 'meta')
    if (FORMATS.includes(format)) return rest
    throw new UserError(
      `${this.#report} has format ${quoted(String(format))} of coverage.py's JSON; 2 and 3 can be read. Give coverage.xml (coverage xml) instead.`,
    )
  }

  #file(file: Json, where: string): void {
    const executed = this.#lines(file, 'executed_lines', where)
    const missing = this.#lines(file, 'missing_lines', where)
    const summary = this.#object(file.summary, `${where}.summary`)
    const count = (key: string) => this.#count(summary, key, `${where}.summary`)
    this.#expect(executed.length, count('covered_lines'), `lines executed in ${where}`)
    this.#expect(missing.length, count('missing_lines'), `lines missing in ${where}`)
    for (const line of executed) this.#statements.add(line, true)
    for (const line of missing) this.#statements.add(line, false)
    if (file.executed_branches === undefined && file.missing_branches === undefined) return
    const arcs = {
      executed: this.#arcs(file, 'executed_branches', where),
      missing: this.#arcs(file, 'missing_branches', where),
    }
    const [taken, exits] = [count('covered_branches'), count('num_branches')]
    this.#expect(arcs.missing.length, exits - taken, `branches missing in ${where}`)
    // There can be fewer, see addArcs.
    if (arcs.executed.length > taken)
      this.#expect(arcs.executed.length, taken, `branches executed in ${where}`)
    addArcs(this.#exits, this.#codes, arcs, exits)
  }

  /**
   * Until 7.13.0 `executed_lines` has lines that ran and are no statements, such as docstrings and excluded ones, and until
   * 7.6.3 `executed_branches` has jumps within a statement. They cannot be told from the others.
   */
  #expect(listed: number, counted: number, what: string): void {
    if (listed === counted) return
    throw new UserError(
      `${this.#report} lists ${listed} ${what}, but counts ${counted}: coverage.py before 7.13.1 also lists lines that are no statements, which makes the numbers wrong. Update coverage.py, or give coverage.xml (coverage xml).`,
    )
  }

  #declared(): Totals {
    const totals = this.#object(this.#root.totals, 'totals')
    const count = (key: string) => this.#count(totals, key, 'totals')
    const hasBranches = totals.num_branches !== undefined
    const declared = {
      statements: count('num_statements'),
      executed: count('covered_lines'),
      exits: hasBranches ? count('num_branches') : 0,
      taken: hasBranches ? count('covered_branches') : 0,
    }
    if (declared.executed <= declared.statements && declared.taken <= declared.exits) return declared
    throw this.#wrong('totals', 'possible: its totals say that more is covered than there is')
  }

  #lines(file: Json, key: string, where: string): readonly number[] {
    const lines = file[key]
    if (Array.isArray(lines) && lines.every(line => typeof line === 'number' && isLine(line))) return lines
    throw this.#wrong(`${where}.${key}`, 'a list of line numbers')
  }

  #arcs(file: Json, key: string, where: string): readonly (readonly [number, number])[] {
    const arcs = file[key]
    if (Array.isArray(arcs) && arcs.every(isArc)) return arcs
    throw this.#wrong(`${where}.${key}`, 'a list of pairs of line numbers')
  }

  #count(object: Json, key: string, where: string): number {
    const value = object[key]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
    throw this.#wrong(`${where}.${key}`, 'a whole number')
  }

  #object(value: unknown, where: string): Json {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
    throw this.#wrong(where, 'an object')
  }

  #wrong(where: string, expected: string): UserError {
    return new UserError(
      `${this.#report}: ${where.slice(0, 200)} is not ${expected}. Write the report anew with "coverage json"; nothing was gated or uploaded.`,
    )
  }
}

/** From a line to another one, or to the exit of what begins in the line that the negative number names. */
function isArc(arc: unknown): boolean {
  if (!Array.isArray(arc) || arc.length !== 2) return false
  const [from, to] = arc as unknown[]
  return typeof from === 'number' && isLine(from) && typeof to === 'number' && isLine(Math.abs(to))
}

function otherJson(root: Json): string {
  const [first] = Object.values(root)
  if (typeof first !== 'object' || first === null) return ''
  if ('statementMap' in first || 'lines' in first) {
    return ' (it is istanbul\'s; add the reporter "lcov" or "cobertura" to the tests of the dashboard)'
  }
  return ''
}
