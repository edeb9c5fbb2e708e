import { UserError } from '@tokenledger/kit'
import { ExitCodes } from './exit-codes.ts'
import { FileSet, own } from './file-set.ts'
import { LcovBranches } from './lcov-branches.ts'
import { broken, cutOff, quoted } from './refusal.ts'
import type { ReportText } from './report-text.ts'
import { Statements } from './statements.ts'
import { eachLine } from './text-lines.ts'
import { isLine, LAST_LINE, wholeNumber } from './whole-number.ts'
import type { ReportContent } from './xml/xml-format.ts'

/**
 * Reads lcov (geninfo(1) of lcov 2.4, "TRACEFILE FORMAT"): of a record `DA`, `BRDA` and `BRF`; what is about functions is
 * checked for its form only. A file may have several records, one for each test.
 */
export async function readLcov(text: ReportText): Promise<ReportContent> {
  const trace = new Tracefile(text.report)
  const lines = await eachLine(text, (line, number) => trace.take(line, number))
  return trace.end(lines)
}

class Tracefile {
  readonly #report: string
  readonly #codes = new ExitCodes()
  readonly #files: FileSet
  readonly #statements = new Statements()
  readonly #branches = new LcovBranches(this.#codes)
  #file: string | undefined
  /** Line of the open record's `SF`. */
  #since = 0
  #number = 0

  constructor(report: string) {
    this.#report = report
    this.#files = new FileSet(report, this.#codes)
  }

  take(line: string, number: number): void {
    this.#number = number
    if (line.startsWith('DA:')) this.#statement(line)
    else if (line.startsWith('BRDA:')) this.#branch(line)
    else if (line.startsWith('BRF:')) this.#branches.found = this.#count(line, 4, line.length)
    else if (line.startsWith('SF:')) this.#open(line.slice(3))
    else if (line.trimEnd() === 'end_of_record') this.#close()
    else if (!/^(?:#|[A-Z]+:|\s*$)/.test(line)) throw this.#broken(`${quoted(line)} is no record of lcov`)
  }

  end(lines: number): ReportContent {
    if (this.#file !== undefined) {
      const record = `the record of ${quoted(this.#file)} (line ${this.#since}) has no end_of_record`
      throw cutOff(this.#report, `${record} at line ${lines}`)
    }
    return { format: 'lcov', sources: [], files: this.#files.finish() }
  }

  #open(name: string): void {
    if (this.#file !== undefined) throw this.#broken('SF before the end_of_record of the record before it')
    if (name.trim() === '') throw this.#broken('SF without a file')
    this.#file = own(name)
    this.#since = this.#number
  }

  #close(): void {
    if (this.#file === undefined) throw this.#broken('end_of_record without SF')
    this.#files.add(this.#file, this.#statements, this.#branches.takeExits())
    this.#file = undefined
  }

  /** `DA:line,count[,checksum]` */
  #statement(line: string): void {
    const comma = line.indexOf(',')
    const next = line.indexOf(',', comma + 1)
    const number = this.#line(line, 3, comma)
    this.#statements.add(number, this.#count(line, comma + 1, next < 0 ? line.length : next) > 0)
  }

  /** `BRDA:line,block,branch,taken`, where `branch` can be a text of any kind and `taken` is `-` in a line never reached. */
  #branch(line: string): void {
    if (line.startsWith('BRDA:0,')) throw this.#ofOldCoveragePy()
    const [comma, last] = [line.indexOf(','), line.lastIndexOf(',')]
    const number = this.#line(line, 5, comma)
    if (last === comma) throw this.#broken(`${quoted(line)} has too few fields`)
    const isNever = last === line.length - 2 && line.endsWith('-')
    const taken = isNever ? 0 : this.#count(line, last + 1, line.length)
    this.#branches.add(number, line.slice(comma + 1, last), taken > 0)
  }

  #line(text: string, start: number, end: number): number {
    if (this.#file === undefined) throw this.#broken(`${quoted(text)} outside of a record`)
    const line = wholeNumber(text, start, Math.max(end, start))
    if (isLine(line)) return line
    throw this.#broken(`${quoted(text)} has no line number (whole, 1 to ${LAST_LINE})`)
  }

  #count(text: string, start: number, end: number): number {
    const count = wholeNumber(text, start, end)
    if (count >= 0) return count
    throw this.#broken(`${quoted(text)} has a count that is no whole number`)
  }

  /** Its lcovreport.py counted the line of a branch's destination, with 0 for an exit, until 7.5.4. */
  #ofOldCoveragePy(): UserError {
    return new UserError(
      `${this.#report} has branches on line 0 (line ${this.#number}), as coverage.py before 7.6 writes them: on the line that a branch leads to. Give coverage.xml (coverage xml) instead, or update coverage.py.`,
    )
  }

  #broken(what: string): UserError {
    return broken(this.#report, { line: this.#number }, what)
  }
}
