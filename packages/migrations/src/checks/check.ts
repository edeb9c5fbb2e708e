import type { Session } from '../database/session.ts'
import type { Target } from '../database/target.ts'
import type { Problem } from '../problem.ts'
import type { AppliedMigration } from '../run/applied.ts'
import type { ApplyOptions, MigrationTool, ProjectPlace } from '../tool.ts'

export const CHECKS = [
  'twice',
  'up-down-up',
  'upgrade-path',
  'heads',
  'models',
  'locks',
  'invalid',
  'equivalence',
] as const
export type CheckName = (typeof CHECKS)[number]

export interface CheckResult {
  readonly name: CheckName
  readonly verdict: 'passed' | 'warned' | 'failed' | 'skipped'
  /** One sentence: what was proved, what is wrong and the remedy, or why it was skipped. */
  readonly message: string
  /** A unified diff, when the check compares two schemas and they differ. */
  readonly diff?: string
  readonly problems: readonly Problem[]
  readonly ms: number
}

/** What a check gets. Checks never touch the schema of `session`'s database except `twice`, which must not change it. */
export interface CheckContext {
  readonly session: Session
  readonly tool: MigrationTool
  /** Numbered SQL and Alembic, when the project has both; for `equivalence`. */
  readonly otherTool?: MigrationTool
  readonly place: ProjectPlace
  /** The commit or tag that users upgrade from; found by `upgrade-path` when absent. */
  readonly baseRef?: string
  /** Paths that are new since the base; undefined when there is no base to compare with. */
  readonly newPaths?: ReadonlySet<string>
  readonly applied: readonly AppliedMigration[]
  readonly options: ApplyOptions
  /** Tables that belong to a migration tool and not to the schema. */
  readonly bookkeeping: readonly string[]
  /** Where the target is: scratch databases are made on a remote server only for a check that was named. */
  readonly targetKind: 'local' | 'remote'
  /** Environment of git and pg_dump; RUNNER_TEMP holds work trees, GITHUB_BASE_REF names a pull request's base. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Default: auto. */
  readonly pgDump?: 'auto' | 'off'
  /** Opens a session on another database of the same server. */
  readonly open: (target: Target) => Promise<Session>
}

export type CheckOutcome = Omit<CheckResult, 'name' | 'ms'>

/** Throws CannotRun when it cannot be done here; everything else that is thrown is a failure of the check. */
export type Check = (context: CheckContext) => Promise<CheckOutcome>
