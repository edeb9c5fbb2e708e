import type { UserError } from '@tokenledger/kit'
import type { CoverageReport } from '../../model/report.ts'
import { quoted } from '../refusal.ts'
import { isLine, LAST_LINE, wholeNumber } from '../whole-number.ts'

/** A report but for its path, which the readers of formats have no part in. */
export type ReportContent = Omit<CoverageReport, 'path'>

/** By name. Has no prototype, so a name such as `__proto__` is one like any other. */
export type Attributes = Readonly<Record<string, string>>

/** What takes the elements of one format in the order of the document; `depth` is 1 for the root. */
export interface XmlFormat {
  /** Name of the elements whose text is wanted. */
  readonly textOf?: string
  open(name: string, attributes: Attributes, depth: number): void
  close(name: string, depth: number): void
  /** All text of an element called {@link textOf}. */
  text?(text: string): void
  comment?(comment: string): void
  finish(): ReportContent
}

/** Makes the errors of a document, at the place that was read last. */
export interface Problems {
  readonly report: string
  at(what: string): UserError
}

/** The line of source code that an attribute names. */
export function lineOf(attributes: Attributes, name: string, problems: Problems): number {
  const text = attributes[name]
  const line = text === undefined ? -1 : wholeNumber(text)
  if (isLine(line)) return line
  throw problems.at(
    text === undefined
      ? `an element without the attribute ${name}`
      : `${name}=${quoted(text)} is no line number (whole, 1 to ${LAST_LINE})`,
  )
}

/** A count that an attribute holds; undefined without the attribute. */
export function countOf(attributes: Attributes, name: string, problems: Problems): number | undefined {
  const text = attributes[name]
  if (text === undefined) return undefined
  const count = wholeNumber(text)
  if (count < 0) throw problems.at(`${name}=${quoted(text)} is no whole number`)
  return count
}
