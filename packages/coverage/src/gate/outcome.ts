import type { GateCheck, GateFailure } from './verdict.ts'

/** What one gate comes to. */
export interface Outcome {
  readonly check: GateCheck
  readonly failures: readonly GateFailure[]
}

/** Said in place of something that a gate needs, where a run has none by its nature; it turns the gate off, visibly. */
export interface NotApplicable {
  /** `the first push of a branch has nothing to compare with`. */
  readonly notApplicable: string
}

export function isNotApplicable(given: object): given is NotApplicable {
  return 'notApplicable' in given
}

/** A gate that had nothing to measure, and why. */
export function nothingToMeasure(gate: GateCheck['gate'], required: string, why: string): Outcome {
  return {
    check: { gate, required, actual: `nothing to measure: ${why}`, met: true, nothingToMeasure: true },
    failures: [],
  }
}

/** A gate that fails for want of something to measure. */
export function cannotMeasure(
  gate: GateCheck['gate'],
  required: string,
  why: string,
  remedy: string,
): Outcome {
  const check = { gate, required, actual: why, met: false }
  return { check, failures: [{ gate, message: `${gate} cannot be judged: ${why}. ${remedy}` }] }
}
