import { markdownTable, type SummaryPart } from '@tokenledger/kit'
import { namesOf } from './outputs.ts'
import type { Findings, FindingValue } from './plan.ts'

/** One line per finding for the log: `python-versions: 3.11, 3.12 (classifiers within requires-python)`. */
export function logLines(findings: Findings): string[] {
  return namesOf(findings).map(name => {
    const { value, reason } = findings[name]
    // One line, whatever a project wrote: a line of its own could be a workflow command.
    return `${name}: ${plain(value) || 'none'} (${reason})`.replace(/\s+/g, ' ')
  })
}

/** The table of the job summary. */
export function summaryParts(findings: Findings, directory: string): SummaryPart[] {
  const name = plain(findings.package.value)
  const rows = namesOf(findings).map(subject => {
    const { value, reason } = findings[subject]
    return [subject, asCode(plain(value)), escapeMarkup(reason)]
  })
  return [
    {
      markdown: `### Plan for ${name ? asCode(name) : 'this project'} in ${asCode(directory)}`,
      dropOrder: 0,
    },
    { markdown: markdownTable(['Subject', 'Found', 'Why'], rows), dropOrder: 1 },
  ]
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
