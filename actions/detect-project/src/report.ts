import { details, markdownTable, type SummaryPart } from '@tokenledger/kit'
import type { FindingName, Findings, FindingValue } from '@tokenledger/python-project/plan'
import type { Unaffected } from './find-unaffected.ts'
import { namesOf } from './outputs.ts'

/** One line per finding for the log: `python-versions: 3.11, 3.12 (classifiers within requires-python)`. */
export function logLines(findings: Findings): string[] {
  return namesOf(findings).map(name => {
    const { value, reason } = findings[name]
    return oneLine(`${name}: ${plain(value) || 'none'} (${reason})`)
  })
}

/** Whatever a project wrote: a line of its own could be a workflow command. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** One line when every job has to run; else one for each job, with what influences it or why nothing does. */
export function unaffectedLines(found: Unaffected): string[] {
  if ('everything' in found) return [oneLine(`skip-unaffected: every job runs, since ${found.everything}`)]
  const { affected, unaffected } = found
  return [
    ...[...affected].map(([job, cause]) => oneLine(`skip-unaffected: ${job} runs: ${cause}`)),
    ...[...unaffected].map(([job, reason]) => oneLine(`skip-unaffected: ${job} is left out: ${reason}`)),
  ]
}

/** The job summary: what matters most in a short table, all findings and their reasons folded below it. */
export function summaryParts(findings: Findings, directory: string): SummaryPart[] {
  const name = plain(findings.package.value)
  const headline = `### Plan for ${name ? asCode(name) : 'this project'} in ${asCode(directory)}`
  const all = table(findings, namesOf(findings))
  return [
    { markdown: headline, dropOrder: 0 },
    { markdown: table(findings, HIGHLIGHTS), dropOrder: 1 },
    { markdown: details('All findings, each with its reason', all), dropOrder: 2 },
  ]
}

/** What decides which jobs there are and what they install. */
const HIGHLIGHTS: readonly FindingName[] = [
  'python-versions',
  'build-backend',
  'lint-extras',
  'types-extras',
  'test-extras',
  'test-arguments',
  'migrations-tool',
  'dashboard-directory',
]

function table(findings: Findings, names: readonly FindingName[]): string {
  const rows = names.map(subject => {
    const { value, reason } = findings[subject]
    return [subject, asCode(plain(value)), escapeMarkup(reason)]
  })
  return markdownTable(['Subject', 'Found', 'Why'], rows)
}

function plain(value: FindingValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : value.join(', ')
}

function asCode(text: string): string {
  return text ? `\`${text.replaceAll('`', "'")}\`` : '–'
}

/** Reasons quote what a project wrote; its characters are not our markup. */
function escapeMarkup(text: string): string {
  return text.replace(/[*_<>`[\]]/g, character => `&#${character.charCodeAt(0)};`)
}
