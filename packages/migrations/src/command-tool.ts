import type { AlembicOptions } from './alembic-tool.ts'
import type { MigrationTool, ProjectPlace } from './tool.ts'

export interface CommandOptions extends Omit<AlembicOptions, 'config' | 'directory' | 'python'> {
  /** Program and arguments as one line, such as `tokenledger db init`. */
  readonly command: string
  /** Given when the project has Alembic as well: its head then verifies what the command did. */
  readonly alembic?: Pick<AlembicOptions, 'config' | 'directory' | 'python'>
}

export function commandTool(_place: ProjectPlace, _options: CommandOptions): MigrationTool {
  throw new Error('not built yet')
}
