import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JestRun, Results } from './closing-line.ts'

/** How often the report is looked for. */
const pollMs = 250

/**
 * Runs jest and gives its results.
 *
 * Node can block for ever while it shuts down, when Maglev compiles at that moment (nodejs/node #54918, open since
 * 2024): a run of half an hour would then never say how it ended. So Maglev is off for jest, and a jest that has
 * written its report has `patienceMs` left to end by itself.
 *
 * @param jest path of jest's program.
 * @param args further arguments of jest.
 * @param report file that jest writes its JSON report to.
 */
export async function runJest({
  jest,
  args,
  directory,
  report,
  patienceMs,
}: {
  jest: string
  args: readonly string[]
  directory: string
  report: string
  patienceMs: number
}): Promise<JestRun> {
  const child = spawn(
    process.execPath,
    [
      '--no-maglev',
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      jest,
      '--json',
      `--outputFile=${report}`,
      ...args,
    ],
    // jest prints the JSON to stdout as well; its readable report goes to stderr.
    { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  let status: number | null | undefined
  const end = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => {
      status = code
      resolve()
    })
  })
  // A report that is being written is no JSON yet.
  while (status === undefined && !readResults(report)) await Promise.race([end, sleep(pollMs)])
  await Promise.race([end, sleep(patienceMs, undefined, { ref: false })])
  const endedByUs = status === undefined
  if (endedByUs) child.kill('SIGKILL')
  await end
  return { results: readResults(report), status: status ?? null, endedByUs }
}

function readResults(report: string): Results {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
