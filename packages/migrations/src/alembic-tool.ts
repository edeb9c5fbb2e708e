import type { TrackingTable } from './record/tracking-table.ts'
import type { MigrationTool, ProjectPlace } from './tool.ts'

export interface AlembicOptions {
  /** Path of alembic.ini or pyproject.toml relative to the project's folder; found when absent. */
  readonly config?: string
  /** The folder of env.py relative to the project's folder, for a project without a configuration file. */
  readonly directory?: string
  /** The Python that has Alembic; else the project's .venv, VIRTUAL_ENV, then PATH. */
  readonly python?: string
  /** Names the migration lock. */
  readonly table: TrackingTable
  /** Environment of the child processes; the database's address is added to it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly redact: (text: string) => string
  readonly say: (line: string) => void
}

export function alembicTool(_place: ProjectPlace, _options: AlembicOptions): MigrationTool {
  throw new Error('not built yet')
}
