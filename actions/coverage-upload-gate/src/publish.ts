import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CoverageView } from '@tokenledger/coverage'
import {
  annotationsOf,
  badgeSvg,
  displayPercent,
  percentOf,
  renderReport,
  shieldsEndpoint,
} from '@tokenledger/coverage'
import { annotate, messageOf, setOutput, warning, writeStepFile, writeSummary } from '@tokenledger/kit'
import type { CoverageInputs } from './inputs.ts'
import type { Judged } from './judge-coverage.ts'
import { outputsOf } from './outputs.ts'
import { reportJson } from './report-json.ts'

/** Shows the verdict: summary, marks in the diff, files and outputs. Nothing of it needs a network. */
export async function publishVerdict(
  { view, measurement }: Judged,
  inputs: CoverageInputs,
  reasons: readonly string[],
): Promise<void> {
  const { summary, badgePath } = inputs.shown
  if (summary) await writeSummary([{ markdown: renderReport(view, { medium: 'summary' }), dropOrder: 0 }])
  annotateUncovered(view, inputs)
  const badge = badgePath ? writeBadge(view, inputs) : ''
  const json = [...reportJson(view, measurement.merged.files)].join('')
  const report = writeStepFile('coverage-upload-gate', 'report.json', json)
  setOutputs(outputsOf({ view, reasons, reportJson: report, badgePath: badge }))
}

/** Without a verdict the gate has failed, and the summary says why. */
export async function publishFailure(message: string, summary: boolean): Promise<void> {
  const lines = message.split('\n')
  if (summary) {
    const markdown = `### ❌ Coverage gate failed – nothing could be judged\n\n${lines.map(line => `- ${escapeMarkup(line)}`).join('\n')}`
    await writeSummary([{ markdown, dropOrder: 0 }])
  }
  setOutputs(outputsOf({ reasons: lines }))
}

/** What came after the verdict, below it in the summary. */
export async function appendToSummary(texts: readonly string[]): Promise<void> {
  await writeSummary([{ markdown: texts.map(text => `- ${escapeMarkup(text)}`).join('\n'), dropOrder: 0 }])
}

export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
}

function annotateUncovered({ patch }: CoverageView, { shown }: CoverageInputs): void {
  if (!shown.annotations || patch.kind !== 'measured') return
  annotate(annotationsOf(patch.files, { level: shown.annotationLevel }))
}

/** Writes the badge and its twin for shields.io; returns the path of the badge, empty with a warning when it cannot be written. */
function writeBadge(
  { total, precision }: CoverageView,
  { shown, workspace, workingDirectory }: CoverageInputs,
): string {
  const percent = percentOf(total)
  const badge = { label: 'coverage', percent, display: `${displayPercent(percent, precision)}%` }
  const path = join(workspace, workingDirectory, shown.badgePath)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, badgeSvg(badge))
    writeFileSync(path.replace(/(\.svg)?$/i, '.json'), `${JSON.stringify(shieldsEndpoint(badge))}\n`)
    return path
  } catch (error) {
    warning(
      `The badge cannot be written to badge-path ${shown.badgePath}: ${messageOf(error)}. Give a path of a file in the workspace.`,
    )
    return ''
  }
}

function escapeMarkup(text: string): string {
  return text
    .replace(/[<>&]/g, sign => `&#${sign.charCodeAt(0)};`)
    .replace(/[\\`*_[\]|#@]/g, sign => `\\${sign}`)
}
