import type {
  AppliedMigration,
  CheckResult,
  PendingMigration,
  Problem,
  ToolKind,
  ToolState,
} from '@tokenledger/migrations'
import type { Mode } from './inputs.ts'

export type Verdict = 'applied' | 'current' | 'pending' | 'baselined' | 'failed' | 'cancelled'

/** A part of the run for the timeline; `from` and `ms` count from the start of the process. */
export interface Phase {
  readonly name: string
  readonly from: number
  readonly ms: number
}

export interface SchemaFindings {
  /** SHA-256 of the schema afterwards, in hex. */
  readonly hash: string
  /** Unified diff of before and after; empty when they are the same. */
  readonly diff: string
  /** Absolute path of the diff; empty when there is none. */
  readonly diffFile: string
}

/** A pending migration and what it would do, as far as that is known without its tool. */
export interface PlannedMigration extends PendingMigration {
  /** First line of each statement. */
  readonly statements: readonly string[]
}

export interface Failure {
  /** In words for the last line of the log, when the problems have no place of their own. */
  readonly message: string
  readonly problems: readonly Problem[]
}

/** The phase in which the tool applies. */
export const APPLY = 'apply'

/** What is known about the run so far; outputs, report and summary are made of it, also when a later part fails. */
export interface Findings {
  mode: Mode
  /** Whether the job summary is wanted. */
  summary: boolean
  tool?: ToolKind
  /** Why this tool. */
  reason?: string
  /** `localhost:5432/tokenledger`. */
  place?: string
  remote: boolean
  server?: string
  waitedMs?: number
  /** Before this run. */
  before?: ToolState
  /** After it; the same as `before` while nothing changed. */
  current?: string
  pending?: number
  readonly applied: AppliedMigration[]
  /** Versions that mode baseline recorded. */
  readonly recorded: string[]
  planned: readonly PlannedMigration[]
  /** The pending migrations as executed and rolled back; empty when they were not. */
  measured: readonly AppliedMigration[]
  checks: readonly CheckResult[]
  schema?: SchemaFindings
  readonly warnings: Problem[]
  readonly phases: Phase[]
  failure?: Failure
  cancelled: boolean
}

/** The findings at the start of a run, when nothing is known. */
export function noFindings(): Findings {
  return {
    mode: 'apply',
    summary: true,
    remote: false,
    applied: [],
    recorded: [],
    planned: [],
    measured: [],
    checks: [],
    warnings: [],
    phases: [],
    cancelled: false,
  }
}

/** The word for the whole run. */
export function verdictOf({ failure, cancelled, applied, recorded, pending }: Findings): Verdict {
  if (cancelled) return 'cancelled'
  if (failure) return 'failed'
  if (applied.length > 0) return 'applied'
  if (recorded.length > 0) return 'baselined'
  return pending ? 'pending' : 'current'
}
