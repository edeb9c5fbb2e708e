import { NOTHING, type Totals } from '../../model/totals.ts'
import { ExitCodes } from '../exit-codes.ts'
import { Exits } from '../exits.ts'
import { FileSet } from '../file-set.ts'
import { Statements } from '../statements.ts'
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
 * JaCoCo: `package/sourcefile/line` with missed and covered instructions (`mi`, `ci`) and branches (`mb`, `cb`). A line with
 * any covered instruction is hit. A file is called by its package and name; the folder that packages lie in is not told.
 */
export class Jacoco implements XmlFormat {
  readonly #problems: Problems
  readonly #codes = new ExitCodes()
  readonly #files: FileSet
  readonly #statements = new Statements()
  readonly #exits = new Exits(this.#codes)
  #package = ''
  #file: string | undefined
  #writtenAt: number | undefined
  #declared: Totals | undefined

  constructor(_root: Attributes, problems: Problems) {
    this.#problems = problems
    this.#files = new FileSet(problems.report, this.#codes)
  }

  open(name: string, attributes: Attributes, depth: number): void {
    if (name === 'line' && this.#file !== undefined) this.#line(attributes)
    else if (name === 'package') this.#package = attributes.name ?? ''
    else if (name === 'sourcefile') this.#open(attributes)
    else if (name === 'counter' && depth === 2) this.#counter(attributes)
    else if (name === 'sessioninfo') this.#session(attributes)
  }

  close(name: string): void {
    if (name !== 'sourcefile' || this.#file === undefined) return
    this.#files.add(this.#file, this.#statements, this.#exits)
    this.#file = undefined
  }

  finish(): ReportContent {
    return {
      format: 'jacoco',
      writer: 'JaCoCo',
      sources: [],
      ...(this.#writtenAt === undefined ? {} : { writtenAt: this.#writtenAt }),
      ...(this.#declared === undefined ? {} : { declared: this.#declared }),
      files: this.#files.finish(),
    }
  }

  #open({ name }: Attributes): void {
    if (this.#file !== undefined) throw this.#problems.at('a sourcefile in a sourcefile')
    if (!name) throw this.#problems.at('a sourcefile without name')
    this.#file = this.#package === '' ? name : `${this.#package}/${name}`
  }

  #line(attributes: Attributes): void {
    const line = lineOf(attributes, 'nr', this.#problems)
    const [ci, mb, cb] = [
      this.#count(attributes, 'ci'),
      this.#count(attributes, 'mb'),
      this.#count(attributes, 'cb'),
    ]
    this.#statements.add(line, ci > 0)
    if (mb + cb > 0) this.#exits.add(line, mb + cb, cb)
  }

  /** A counter of the whole report. Lines are counted as they are here, and a line that is partly covered as covered. */
  #counter(attributes: Attributes): void {
    const [missed, covered] = [this.#count(attributes, 'missed'), this.#count(attributes, 'covered')]
    const declared = this.#declared ?? NOTHING
    if (attributes.type === 'LINE') {
      this.#declared = { ...declared, statements: missed + covered, executed: covered }
    } else if (attributes.type === 'BRANCH') {
      this.#declared = { ...declared, exits: missed + covered, taken: covered }
    }
  }

  /** Several runs can be in one report; the last one counts. */
  #session({ dump }: Attributes): void {
    const time = timeOf(dump)
    if (time !== undefined && time > (this.#writtenAt ?? 0)) this.#writtenAt = time
  }

  #count(attributes: Attributes, name: string): number {
    return countOf(attributes, name, this.#problems) ?? 0
  }
}
