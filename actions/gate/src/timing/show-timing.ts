import { info, setOutput, writeSummary } from '@tokenledger/kit'
import type { Access } from '../inputs.ts'
import { durationWords } from './duration-words.ts'
import { measure } from './measure.ts'
import { chainWords, timingParts } from './timing-summary.ts'

/** Adds to the summary where the time of the run went; without the times a line in the log says why. */
export async function showTiming(access: Access, env: NodeJS.ProcessEnv): Promise<void> {
  const measured = await measure(access, env)
  if ('why' in measured) return info(`No timing: ${measured.why}`)
  const { totalSeconds, runnerSeconds, criticalPath } = measured
  setOutput('total-seconds', totalSeconds)
  setOutput('runner-seconds', runnerSeconds)
  setOutput('critical-path', JSON.stringify(criticalPath.map(({ name }) => name)))
  info(`${durationWords(totalSeconds)} from start to gate. Critical path: ${chainWords(criticalPath)}`)
  await writeSummary(timingParts(measured))
}
