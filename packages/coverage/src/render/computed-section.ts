import type { CoverageView, ReportLine } from './coverage-view.ts'
import { clip, code, plain } from './escape.ts'
import type { Section } from './fit.ts'
import { LONGEST_PATH } from './uncovered-section.ts'

/** Names of one list. */
const MOST_NAMES = 10
const LONGEST_TEXT = 300

/** How the numbers came about, for those who doubt them. */
export function computedSection(view: CoverageView): Section {
  return {
    rank: 7,
    before: '<details><summary>How this was computed</summary>\n',
    rows: rowsOf(view).map(row => `- ${row}`),
    after: '\n</details>',
    more: left => `- and ${left} more`,
  }
}

function rowsOf(view: CoverageView): string[] {
  const { computed, precision, patch, base, links } = view
  const { reports, totalSource, unresolved, excluded, disagreements } = computed
  const rows = [
    `Total: ${text(totalSource)}, shown with precision ${precision}.`,
    patch.kind === 'measured'
      ? `Changed lines: ${text(patch.source)}.`
      : `Changed lines: not known, ${text(patch.reason)}.`,
  ]
  if (base) rows.push(`Base: ${text(base.source)}.`)
  rows.push(
    `Tested: ${code(links.testedSha)}${links.testedSha === links.headSha ? '' : `, head ${code(links.headSha)}`}.`,
  )
  const names = (label: string, all: readonly string[]) =>
    all.length > 0 ? [`${label}: ${listOf(all)}.`] : []
  rows.push(
    ...names('In the reports but not in the repository', unresolved),
    ...names('Left out by `exclude`', excluded),
  )
  if (patch.kind === 'measured') {
    rows.push(
      ...patch.notComparable.map(({ path, reason }) => `Not compared: ${name(path)}, ${text(reason)}.`),
    )
  }
  rows.push(...reports.map(reportText))
  return [
    ...rows,
    ...disagreements.map(
      ({ path, line, what }) => `Reports disagree: ${name(path)} line ${line}, ${text(what)}.`,
    ),
  ]
}

function reportText({ path, format, writer, sources, files }: ReportLine): string {
  const by = writer ? ` by ${text(writer)}` : ''
  const from = sources.length > 0 ? `; sources ${listOf(sources)}` : ''
  return `Report ${name(path)}: ${format}${by}, ${files === 1 ? '1 file' : `${files} files`}${from}.`
}

function listOf(names: readonly string[]): string {
  const left = names.length - MOST_NAMES
  const shown = names.slice(0, MOST_NAMES).map(name).join(', ')
  return left > 0 ? `${shown} and ${left} more` : shown
}

function name(path: string): string {
  return code(clip(path, LONGEST_PATH))
}

function text(words: string): string {
  return plain(clip(words, LONGEST_TEXT))
}
