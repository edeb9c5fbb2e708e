import { UserError } from '@tokenledger/kit'
import { FileCoverage } from '../model/file-coverage.ts'
import { BranchTable } from './branch-table.ts'
import type { ExitCodes } from './exit-codes.ts'
import { Exits } from './exits.ts'
import { Statements } from './statements.ts'

/** Far above any project, and low enough for the memory of a runner. */
export const MOST_FILES = 250_000

const NOTHING = new FileCoverage(new Uint32Array(0), new Uint8Array(0))

/** The files of a report while it is read. One that a report lists several times is united. */
export class FileSet {
  readonly #files = new Map<string, FileCoverage>()
  /** Further parts of files, united once at the end: doing it for each part would take quadratic time. */
  readonly #more = new Map<string, FileCoverage[]>()
  readonly #report: string
  readonly #codes: ExitCodes

  constructor(report: string, codes: ExitCodes) {
    this.#report = report
    this.#codes = codes
  }

  add(name: string, statements: Statements, exits: Exits): void {
    const { lines, hits } = statements.take()
    const branches = exits.take()
    const part =
      lines.length + branches.size === 0 ? NOTHING : new FileCoverage(lines, hits, orNone(branches))
    if (!this.#files.has(name)) this.#addNew(name, part)
    else if (part !== NOTHING) this.#addMore(name, part)
  }

  /** By name, in the order of the report. */
  finish(): Map<string, FileCoverage> {
    for (const [name, parts] of this.#more) {
      this.#files.set(name, this.#united([this.#files.get(name) ?? NOTHING, ...parts]))
    }
    return this.#files
  }

  #addNew(name: string, part: FileCoverage): void {
    if (this.#files.size === MOST_FILES) throw tooManyFiles(this.#report)
    this.#files.set(own(name), part)
  }

  #addMore(name: string, part: FileCoverage): void {
    const parts = this.#more.get(name)
    if (parts) parts.push(part)
    else this.#more.set(own(name), [part])
  }

  #united(parts: readonly FileCoverage[]): FileCoverage {
    const [statements, exits] = [new Statements(), new Exits(this.#codes)]
    for (const { lines, hits, branches } of parts) {
      for (const [index, line] of lines.entries()) statements.add(line, hits[index] === 1)
      if (branches instanceof BranchTable) exits.addAll(branches)
    }
    const { lines, hits } = statements.take()
    return new FileCoverage(lines, hits, orNone(exits.take()))
  }
}

export function tooManyFiles(report: string): UserError {
  return new UserError(`${report} lists more than ${MOST_FILES} files. Refused for safety.`)
}

function orNone(branches: BranchTable): FileCoverage['branches'] {
  return branches.size === 0 ? NOTHING.branches : branches
}

/** A copy of a string: a slice of the text that was read would keep all of that text in memory. */
export function own(text: string): string {
  return Buffer.from(text).toString()
}
