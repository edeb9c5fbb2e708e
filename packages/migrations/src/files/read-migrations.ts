import type { ProjectPlace } from '../tool.ts'
import type { Migration } from './migration.ts'

export async function readMigrations(_place: ProjectPlace, _directory: string): Promise<Migration[]> {
  throw new Error('not built yet')
}
