import type { Right } from '../facts/permissions.ts'

export type ValueType = 'string' | 'boolean' | 'number'

/** What a caller may give to an action or a workflow, and take from it. */
export interface Contract {
  readonly inputs: Readonly<Record<string, ValueType>>
  /** Inputs without which it does not work. */
  readonly required: readonly string[]
  readonly outputs: readonly string[]
}

/** A right that a called workflow or a job of it asks for. */
export interface Asked {
  /** Undefined where the workflow asks for it as a whole, which counts even if each job has rights of its own. */
  readonly job?: string
  readonly scope: string
  readonly right: Exclude<Right, 'none'>
}

export interface WorkflowContract extends Contract {
  readonly secrets: readonly string[]
  readonly requiredSecrets: readonly string[]
  readonly permissions: readonly Asked[]
}

/** Everything that a caller of this suite can name: actions by their path, workflows by their file. */
export interface OwnContract {
  readonly actions: Readonly<Record<string, Contract>>
  readonly workflows: Readonly<Record<string, WorkflowContract>>
}
