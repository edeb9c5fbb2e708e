/** Why a gate failed. */
export interface GateFailure {
  readonly gate: 'min-total' | 'min-patch' | 'min-file-patch' | 'max-drop'
  /** One line: cause, numbers, remedy. */
  readonly message: string
}

/** What a gate asked and what it got, for the table of the summary. */
export interface GateCheck {
  readonly gate: GateFailure['gate']
  /** `>= 90%` or `drop <= 0.5%`. */
  readonly required: string
  /** `89.996% (89996 of 100000)`. */
  readonly actual: string
  readonly met: boolean
  /** Set where there was nothing to measure: `actual` says why, and `met` is true because nothing speaks against it. */
  readonly nothingToMeasure?: true
}

/** The decision; it is made before anything is sent over a network. */
export interface Verdict {
  /** `not-applicable` when no gate was asked for, or none had anything to measure. */
  readonly gate: 'pass' | 'fail' | 'not-applicable'
  readonly checks: readonly GateCheck[]
  /** All of them, empty unless `fail`. */
  readonly failures: readonly GateFailure[]
}
