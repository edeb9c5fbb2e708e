import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something is so; fails after 10 s. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 10_000; !(await isSo()); await sleep(20)) {
    if (performance.now() > end) throw new Error(`It did not come to pass within 10 s: ${isSo}`)
  }
}
