import { UserError } from '@tokenledger/kit'
import type { CoverageReport, ReportFormat } from '../model/report.ts'
import { type Content, contentOf } from './content.ts'
import { readCoveragePyJson } from './coveragepy-json.ts'
import { readGoProfile } from './go-profile.ts'
import { readLcov } from './lcov.ts'
import { withoutFiles } from './refusal.ts'
import { type ReportText, withReportText } from './report-text.ts'
import { formatOf } from './xml/format-of.ts'
import { readXml } from './xml/read-xml.ts'
import type { ReportContent } from './xml/xml-format.ts'

/** 512 MiB, ten million lines of a report by coverage.py. */
export const MAX_REPORT_BYTES = 512 * 1024 * 1024

export interface ReadOptions {
  /** The path as it is shown to people. */
  readonly shownAs: string
  /** `auto` looks at the content; the name of a file says nothing. */
  readonly format: ReportFormat | 'auto'
  /** {@link MAX_REPORT_BYTES} by default. */
  readonly maxBytes?: number
}

/**
 * Reads a coverage report of any format. Throws a UserError, with the place and a remedy, for a file that is cut off, hostile,
 * no report, of another format than asked for, or without files: each would pass or fail a gate by what is not there.
 */
export async function readReport(
  path: string,
  { shownAs, format, maxBytes = MAX_REPORT_BYTES }: ReadOptions,
): Promise<CoverageReport> {
  const report = await withReportText(path, { shownAs, maxBytes }, text => readAs(text, format))
  if (report.files.size === 0) throw withoutFiles(shownAs)
  return { path: shownAs, ...report }
}

function readAs(text: ReportText, format: ReportFormat | 'auto'): Promise<ReportContent> {
  const found = contentOf(text.head)
  if ('wrong' in found) throw new UserError(`${text.report} ${found.wrong}`)
  const { content } = found
  if (format !== 'auto' && CONTENT[format] !== content) {
    throw new UserError(
      `${text.report} is ${NAMES[content]}, which cannot be read as ${format}. Set format: auto.`,
    )
  }
  return READERS[content](text, format)
}

const CONTENT: Readonly<Record<ReportFormat, Content>> = {
  cobertura: 'xml',
  'coveragepy-json': 'json',
  lcov: 'lcov',
  clover: 'xml',
  jacoco: 'xml',
  go: 'go',
}

const NAMES: Readonly<Record<Content, string>> = {
  xml: 'XML',
  json: 'JSON',
  lcov: 'lcov',
  go: 'a Go cover profile',
}

const READERS: Readonly<
  Record<Content, (text: ReportText, format: ReportFormat | 'auto') => Promise<ReportContent>>
> = {
  xml: (text, format) => readXml(text, formatOf(format)),
  json: readCoveragePyJson,
  lcov: readLcov,
  go: readGoProfile,
}
