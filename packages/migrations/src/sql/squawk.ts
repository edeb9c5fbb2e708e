import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'

export interface SquawkOptions {
  /** Folder of squawk's package.json and package-lock.json, next to the action's bundle. */
  readonly lockFolder: string
  /** Where it is installed, or found from an earlier run. */
  readonly installBelow: string
}

export async function squawkProblems(
  _files: readonly Migration[],
  _root: string,
  _options: SquawkOptions,
): Promise<Problem[]> {
  throw new Error('not built yet')
}
