import { CleanUp, cleanUpOnSignals } from './clean-up.ts'
import { closingTable, verdictSentence } from './closing-table.ts'
import { closingWarnings } from './closing-warnings.ts'
import { isGood, type JobVerdict } from './record/verdict.ts'
import { writeReport } from './report/report.ts'
import { type LocalRunOptions, openSession } from './session.ts'
import { requireNetwork, requireTools } from './tools/requirements.ts'
import { runWorkflow } from './workflow-run.ts'

/**
 * Runs the workflows of a checkout on this computer and returns whether every job that they promise ended well.
 * Whatever was started has ended and whatever was written, except caches and the report, is gone when it returns.
 * A UserError for what is missing on this computer or cannot run on it.
 */
export async function localRun(options: LocalRunOptions): Promise<boolean> {
  const started = Date.now()
  await requireTools()
  if (!options.offline) await requireNetwork()
  const cleanUp = new CleanUp()
  const releaseSignals = cleanUpOnSignals(cleanUp)
  try {
    const session = await openSession(options, cleanUp)
    const verdicts: JobVerdict[] = []
    for (const planned of session.planned) {
      await cleanUp.stillWanted()
      verdicts.push(...(await runWorkflow(session, planned)))
    }
    await cleanUp.stillWanted()
    const comments = session.standIns.github.comments()
    const sentence = verdictSentence(verdicts, (Date.now() - started) / 1000)
    const warnings = closingWarnings(verdicts).join('\n')
    const changes = (await session.standIns.github.changes()).map(line => `  ${line}`)
    const onGitHub =
      changes.length > 0 ? ["What the jobs did on GitHub's stand-in:", ...changes].join('\n') : ''
    session.print([`\n${closingTable(verdicts)}`, warnings, onGitHub, sentence].filter(Boolean).join('\n\n'))
    if (options.report) {
      const { repository, sha } = session.commit
      const artifacts = session.standIns.artifacts()
      const content = { repository, sha, event: options.event, sentence, verdicts, artifacts, comments }
      session.print(`Report: ${await writeReport(options.report, content)}`)
    }
    return verdicts.every(({ outcome }) => isGood(outcome))
  } finally {
    await cleanUp.run()
    releaseSignals()
  }
}
