import type { Findings, Phase } from './report.ts'

/** Runs a phase and notes its wall time in whole ms, also when it fails. */
export async function timed<T>(findings: Findings, phase: Phase, run: () => Promise<T>): Promise<T> {
  const started = performance.now()
  try {
    return await run()
  } finally {
    findings.timings[phase] = Math.round(performance.now() - started)
  }
}
