import { CleanUp, cleanUpOnSignals } from './clean-up.ts'
import { closingTable, verdictSentence } from './closing-table.ts'
import { closingWarnings } from './closing-warnings.ts'
import { type Played, play } from './play.ts'
import { isGood } from './record/verdict.ts'
import { writeReport } from './report/report.ts'
import type { RunOptions } from './session.ts'
import { requireNetwork, requireTools } from './tools/requirements.ts'

export interface LocalRunOptions extends RunOptions {
  /** Folder for `index.html`; no report when absent. */
  readonly report?: string | undefined
  /** Does without the check that package indexes can be reached. */
  readonly offline?: boolean
}

/**
 * Runs the workflows of a checkout on this computer and returns whether every job that they promise ended well.
 * Whatever was started has ended and whatever was written, except caches and the report, is gone when it returns.
 * A UserError for what is missing on this computer or cannot run on it.
 */
export async function localRun(options: LocalRunOptions): Promise<boolean> {
  const { report, offline, print = console.log } = options
  await requireTools()
  if (!offline) await requireNetwork()
  const cleanUp = new CleanUp()
  const releaseSignals = cleanUpOnSignals(cleanUp)
  try {
    const played = await play(options, cleanUp)
    const { verdicts } = played
    print(closing(played))
    if (report) print(`Report: ${await writeReport(report, played)}`)
    return verdicts.every(({ outcome }) => isGood(outcome))
  } finally {
    await cleanUp.run()
    releaseSignals()
  }
}

/** The closing table with what is to be known beside it, and the verdict last. */
function closing({ verdicts, changes, seconds }: Played): string {
  const warnings = closingWarnings(verdicts).join('\n')
  const onGitHub = ["What the jobs did on GitHub's stand-in:", ...changes.map(line => `  ${line}`)].join('\n')
  const parts = [`\n${closingTable(verdicts)}`, warnings, changes.length > 0 ? onGitHub : '']
  return [...parts, verdictSentence(verdicts, seconds)].filter(Boolean).join('\n\n')
}
