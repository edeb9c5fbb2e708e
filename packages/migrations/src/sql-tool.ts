import type { MigrationTool, ProjectPlace } from './tool.ts'

export interface SqlToolOptions {
  /** Folder of the files, relative to the working directory. */
  readonly directory: string
  /** `schema.table` of the record. */
  readonly table: string
  readonly outOfOrder: 'error' | 'allow'
  readonly checksums: 'error' | 'warn'
  /** A checksum, or its first 8 or more digits, by version. */
  readonly accepted: ReadonlyMap<string, string>
  readonly say: (line: string) => void
}

export function sqlTool(_place: ProjectPlace, _options: SqlToolOptions): MigrationTool {
  throw new Error('not built yet')
}
