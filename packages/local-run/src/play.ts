import type { Artifact } from '@tokenledger/testkit'
import type { Commit } from './act/event-payload.ts'
import { CleanUp } from './clean-up.ts'
import type { JobVerdict } from './record/verdict.ts'
import { openSession, type RunOptions } from './session.ts'
import { runWorkflow } from './workflow-run.ts'
import type { Event } from './workflows/workflow.ts'

/** What came of one event. */
export interface Played {
  readonly event: Event
  readonly commit: Commit
  readonly verdicts: readonly JobVerdict[]
  readonly artifacts: readonly Artifact[]
  /** Markdown of the comments that the run wrote or changed. */
  readonly comments: readonly string[]
  /** What jobs did on a GitHub that was started for this run, one line each. */
  readonly changes: readonly string[]
  readonly seconds: number
}

/**
 * Runs the workflows that an event starts. All that was started for it has ended when it returns, or with `outer` when that
 * comes first.
 */
export async function play(options: RunOptions, outer: CleanUp): Promise<Played> {
  const started = Date.now()
  const cleanUp = new CleanUp()
  outer.add(() => cleanUp.run())
  try {
    const session = await openSession(options, cleanUp)
    const verdicts: JobVerdict[] = []
    for (const planned of session.planned) {
      await cleanUp.stillWanted()
      verdicts.push(...(await runWorkflow(session, planned)))
    }
    await cleanUp.stillWanted()
    const { event, commit, standIns } = session
    return {
      event,
      commit,
      verdicts,
      artifacts: standIns.artifacts(),
      comments: standIns.github.comments(),
      changes: await standIns.github.changes(),
      seconds: (Date.now() - started) / 1000,
    }
  } finally {
    await cleanUp.run()
  }
}
