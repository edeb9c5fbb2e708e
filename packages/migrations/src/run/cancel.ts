import { setTimeout as sleep } from 'node:timers/promises'
import { disconnect } from '../database/connect.ts'
import type { Run } from './run.ts'

/** GitHub kills the process 10 s after it cancels the job, and 7.5 s after that the first signal is followed by a second. */
const PATIENCE_MS = 3000
const AGAIN_MS = 100

/**
 * Runs `work`, and when the job is cancelled ends on the server what `work` has running there: a statement goes on without its
 * client otherwise. pg_cancel_backend is repeated, as it does nothing between two statements. A server that does not obey
 * within 3 s loses the connection, and so does a pooler, behind which process ids are not those of the server.
 *
 * `work` fails then in its own way and has to look at the signal.
 */
export async function cancellable<T>(run: Run, work: () => Promise<T>): Promise<T> {
  const { signal } = run.options
  const settled = new AbortController()
  let cancelling: Promise<void> | undefined
  const onAbort = () => {
    cancelling = cancelOnServer(run, settled.signal).catch(() => undefined)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await work()
  } finally {
    signal.removeEventListener('abort', onAbort)
    settled.abort()
    await cancelling
  }
}

async function cancelOnServer({ session, backendPid }: Run, settled: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (!settled.aborted && !session.pooled && performance.now() < until) {
    const asked = session.side.query('SELECT pg_catalog.pg_cancel_backend($1)', [backendPid])
    await Promise.race([asked, sleep(PATIENCE_MS, undefined, { signal: settled })])
    await sleep(AGAIN_MS, undefined, { signal: settled })
  }
  if (!settled.aborted) await disconnect(session.main, 0)
}
