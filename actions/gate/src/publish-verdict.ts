import { annotate, info, markdownTable, setOutput, writeSummary } from '@tokenledger/kit'
import type { JudgedJob } from './verdict.ts'

/** Tells the verdict in the log, the summary, the outputs and the exit code. Nothing that comes later changes it. */
export async function publishVerdict(judged: readonly JudgedJob[]): Promise<void> {
  const failed = judged.filter(({ passes }) => !passes)
  const named = failed.map(({ job, result }) => `${job} (${result})`).join(', ')
  const verdict = named ? `❌ ${named}` : '✅ every job that had to run succeeded'
  if (named) {
    process.exitCode = 1
    const message = `Not successful: ${named}. Their logs say why.`
    annotate([{ level: 'error', title: 'gate', message }])
  }
  info(verdict)
  setOutput('verdict', named ? 'failure' : 'success')
  setOutput('failed', JSON.stringify(failed.map(({ job }) => job)))
  const markdown = `### Gate: ${verdict}\n\n${table(judged)}`
  await writeSummary([{ markdown, dropOrder: 0 }])
}

function table(judged: readonly JudgedJob[]): string {
  const rows = judged.map(({ job, result, passes, reason }) => [
    job,
    `${passes ? '✅' : '❌'} ${result}`,
    reason,
  ])
  return markdownTable(['job', 'result', 'why skipped'], rows)
}
