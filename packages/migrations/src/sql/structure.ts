import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'

export function structuralProblems(_migration: Migration): Problem[] {
  throw new Error('not built yet')
}
