import { setOutput, writeStepFile, writeSummary } from '@tokenledger/kit'
import type { Findings } from './findings.ts'
import { outputsOf } from './outputs.ts'
import { reportOf } from './report-file.ts'
import { summaryParts } from './summary.ts'

/** Writes the report, the outputs and the summary of what is known. */
export async function publish(findings: Findings): Promise<void> {
  // The clock of the process started with Node itself, which the step waits for as well.
  const totalMs = performance.now()
  const json = `${JSON.stringify(reportOf(findings, totalMs), null, 2)}\n`
  const report = writeStepFile('run-migrations', 'report.json', json)
  for (const [name, value] of Object.entries(outputsOf(findings, report, totalMs))) setOutput(name, value)
  if (findings.summary) await writeSummary(summaryParts(findings))
}
