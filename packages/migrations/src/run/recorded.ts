import type { Migration } from '../files/migration.ts'
import { MigrationError } from '../problem.ts'

/**
 * Whether another run has applied a file since the record was read; `recorded` has checksums by version. A MigrationError when
 * it has applied another text under this version.
 */
export function alreadyRecorded(migration: Migration, recorded: ReadonlyMap<string, string>): boolean {
  const checksum = recorded.get(String(migration.version))
  if (checksum === undefined) return false
  if (checksum === migration.checksum) return true
  throw new MigrationError([
    {
      path: migration.path,
      message: `Another run has just applied a different file as ${migration.label} (recorded ${checksum.slice(0, 8)}…, file ${migration.checksum.slice(0, 8)}…). Give one of them another number.`,
    },
  ])
}
