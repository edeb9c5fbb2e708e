import type { Findings } from './findings.ts'

/** Runs a part of the run and notes it for the timeline, also when it fails. */
export async function timed<T>(findings: Findings, name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  try {
    return await work()
  } finally {
    findings.phases.push({ name, from, ms: performance.now() - from })
  }
}
