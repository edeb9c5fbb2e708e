import { details, type SummaryPart } from '@tokenledger/kit'
import type { Problem } from '@tokenledger/migrations'
import { placeOfProblem } from './annotations.ts'
import type { Findings } from './findings.ts'
import { asBlock, asCode, asText, counted } from './markdown.ts'
import { checkTable, migrationTable, plannedTable, statusTable, warningList } from './tables.ts'
import { timeline } from './timeline.ts'
import { verdictSentence } from './verdict.ts'

/** A diff longer than this helps nobody on a page; the file that schema-diff-file names has all of it. */
const LONGEST_DIFF = 60_000

/** The job summary: the verdict, what to do after a failure, then the numbers, with long texts folded. */
export function summaryParts(findings: Findings): SummaryPart[] {
  return [
    { markdown: `### ${asText(verdictSentence(findings))}`, dropOrder: 0 },
    ...part(1, failureSection(findings)),
    ...part(2, migrationSection(findings)),
    ...part(2, checkSection(findings)),
    ...part(3, warningSection(findings)),
    ...part(5, schemaSection(findings)),
    ...part(4, timelineSection(findings)),
  ]
}

function part(dropOrder: number, markdown: string): SummaryPart[] {
  return markdown ? [{ markdown, dropOrder }] : []
}

function failureSection({ failure, applied, cancelled }: Findings): string {
  if (!failure) return ''
  const problems: readonly Problem[] =
    failure.problems.length > 0 ? failure.problems : [{ message: failure.message }]
  const next =
    applied.length > 0
      ? `Mend it and run again: the ${counted(applied.length, 'migration')} below ${applied.length === 1 ? 'is' : 'are'} recorded and will not run twice.`
      : 'Mend it and run again: nothing is left half-done.'
  return [...problems.slice(0, 20).map(problemSection), cancelled ? '' : next].filter(Boolean).join('\n\n')
}

function problemSection(problem: Problem): string {
  const { message, excerpt } = problem
  const place = placeOfProblem(problem)
  const text = asText(message).replaceAll('\n', '<br>')
  return [place ? `${asCode(place)} ${text}` : text, ...(excerpt ? [asBlock(excerpt, 'text')] : [])].join(
    '\n\n',
  )
}

function migrationSection({ mode, applied, planned, measured, before, recorded }: Findings): string {
  if (applied.length > 0) return migrationTable(applied)
  if (recorded.length > 0) return `Recorded: ${recorded.map(asCode).join(', ')}.`
  if (mode === 'status' && before) return statusTable(before)
  return [
    planned.length > 0 ? plannedTable(planned) : '',
    measured.length > 0 ? `Executed and rolled back, to measure:\n\n${migrationTable(measured)}` : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function checkSection({ checks }: Findings): string {
  if (checks.length === 0) return ''
  const diffs = checks.flatMap(({ name, diff }) =>
    diff ? [details(`What ${name} compared`, asBlock(cut(diff), 'diff'))] : [],
  )
  return [checkTable(checks), ...diffs].join('\n\n')
}

function warningSection({ warnings }: Findings): string {
  if (warnings.length === 0) return ''
  return `**${counted(warnings.length, 'warning')}**\n\n${warningList(warnings)}`
}

function schemaSection({ schema }: Findings): string {
  if (!schema?.diff) return ''
  return details('Schema: what changed', asBlock(cut(schema.diff), 'diff'))
}

function timelineSection(findings: Findings): string {
  return findings.phases.length > 0 ? details('Timeline', timeline(findings)) : ''
}

function cut(diff: string): string {
  if (diff.length <= LONGEST_DIFF) return diff
  return `${diff.slice(0, diff.lastIndexOf('\n', LONGEST_DIFF))}\n… cut here; the file of schema-diff-file has all of it`
}
