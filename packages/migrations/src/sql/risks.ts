import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'

export function riskyChanges(_migrations: readonly Migration[]): Problem[] {
  throw new Error('not built yet')
}
