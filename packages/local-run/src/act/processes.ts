import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Every process of a run has this variable in its environment, so it is found wherever it has moved to. */
export const RUN_MARK = 'LOCAL_RUN_ID'

/**
 * Ends every process of a run and waits until none is left: asks first, and forces what is still there after
 * `graceMs`. act starts steps in sessions of their own, and a step may detach what it starts, so neither a process
 * group nor the tree of parents finds them all.
 */
export async function endRun(id: string, root: number | undefined, graceMs = 2000): Promise<void> {
  const deadline = Date.now() + graceMs
  // What is a descendant now is no longer one as soon as its parent has ended.
  const known = new Set(root === undefined ? [] : await descendants(root))
  for (let signal: NodeJS.Signals = 'SIGTERM'; ; ) {
    for (const pid of await marked(id)) known.add(pid)
    const left = [...known].filter(isAlive)
    if (left.length === 0) return
    if (Date.now() > deadline + 5000) throw new Error(`processes ${left.join(', ')} do not end`)
    if (Date.now() > deadline) signal = 'SIGKILL'
    for (const pid of left) send(pid, signal)
    await sleep(50)
  }
}

/** Processes whose environment carries the run's mark; only Linux lets one read that. */
export async function marked(id: string): Promise<number[]> {
  if (process.platform !== 'linux') return []
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number)
  const mark = `${RUN_MARK}=${id}`
  const found = await Promise.all(
    pids.map(async pid => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      return environment.split('\0').includes(mark) ? [pid] : []
    }),
  )
  return found.flat().filter(pid => pid !== process.pid)
}

/** A process and all below it, as `ps` sees them now. */
async function descendants(root: number): Promise<number[]> {
  if (process.platform === 'win32') return [root]
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({ stdout: '' }))
  const pairs = stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
  const found = [root]
  for (const parent of found) {
    for (const [pid, ppid] of pairs) if (ppid === parent && pid !== undefined) found.push(pid)
  }
  return found
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  return send(pid, 0)
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}
