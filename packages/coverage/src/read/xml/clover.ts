import { ExitCodes } from '../exit-codes.ts'
import { Exits } from '../exits.ts'
import { FileSet } from '../file-set.ts'
import { Statements } from '../statements.ts'
import { plainVersion } from '../writer.ts'
import { timeOf } from '../written-at.ts'
import {
  type Attributes,
  countOf,
  lineOf,
  type Problems,
  type ReportContent,
  type XmlFormat,
} from './xml-format.ts'

/**
 * Clover, as OpenClover, istanbul and PHPUnit write it: `file/line` of the types `stmt` and `cond`. A `method` is the line
 * of a declaration, not a statement. Its own totals count statements, not lines, so they are not taken as ours.
 */
export class Clover implements XmlFormat {
  readonly #problems: Problems
  readonly #codes = new ExitCodes()
  readonly #files: FileSet
  readonly #statements = new Statements()
  readonly #exits = new Exits(this.#codes)
  readonly #writer: string | undefined
  readonly #writtenAt: number | undefined
  #file: string | undefined
  #fileDepth = 0

  constructor(root: Attributes, problems: Problems) {
    this.#problems = problems
    this.#files = new FileSet(problems.report, this.#codes)
    const version = plainVersion(root.clover)
    this.#writer = version === undefined ? undefined : `Clover ${version}`
    this.#writtenAt = timeOf(root.generated)
  }

  open(name: string, attributes: Attributes, depth: number): void {
    if (name === 'file') this.#open(attributes, depth)
    else if (name === 'line' && this.#file !== undefined && depth === this.#fileDepth + 1) {
      this.#line(attributes)
    }
  }

  close(name: string): void {
    if (name !== 'file' || this.#file === undefined) return
    this.#files.add(this.#file, this.#statements, this.#exits)
    this.#file = undefined
  }

  finish(): ReportContent {
    return {
      format: 'clover',
      ...(this.#writer === undefined ? {} : { writer: this.#writer }),
      sources: [],
      ...(this.#writtenAt === undefined ? {} : { writtenAt: this.#writtenAt }),
      files: this.#files.finish(),
    }
  }

  /** `path` is the whole one and `name` the last part of it; PHPUnit has the whole one in `name`. */
  #open({ path, name }: Attributes, depth: number): void {
    if (this.#file !== undefined) throw this.#problems.at('a file in a file')
    const file = path || name
    if (!file) throw this.#problems.at('a file without path and name')
    this.#file = file
    this.#fileDepth = depth
  }

  #line(attributes: Attributes): void {
    const { type } = attributes
    if (type !== 'stmt' && type !== 'cond') return
    const line = lineOf(attributes, 'num', this.#problems)
    const count = countOf(attributes, 'count', this.#problems)
    const [whenTrue, whenFalse] = ['truecount', 'falsecount'].map(
      name => countOf(attributes, name, this.#problems) ?? 0,
    ) as [number, number]
    if (type === 'stmt' && count === undefined) throw this.#problems.at('a statement without count')
    this.#statements.add(line, (count ?? whenTrue + whenFalse) > 0)
    if (type === 'stmt') return
    // Clover counts how often a condition was true and how often false. istanbul-reports (its lib/clover) gives such a line
    // a count as well, and writes how many exits were taken and how many were not.
    if (count === undefined) this.#exits.add(line, 2, Number(whenTrue > 0) + Number(whenFalse > 0))
    else this.#exits.add(line, whenTrue + whenFalse, whenTrue)
  }
}
