import { checksumOf } from '../../src/files/file-text.ts'
import type { Migration } from '../../src/files/migration.ts'
import { meaningOf } from '../../src/files/migration-names.ts'
import type { RecordedMigration } from '../../src/record/record.ts'

/** A file `migrations/<name>.sql` with this text. */
export function migrationOf(name: string, text = `SELECT '${name}';`): Migration {
  const meaning = meaningOf(`${name}.sql`)
  if (meaning.kind !== 'migration') throw new Error(`${name} is no name of a migration`)
  const { version, label } = meaning
  return {
    ...{ version, label, name, text },
    path: `migrations/${name}.sql`,
    checksum: checksumOf(text),
    transactional: true,
    statements: [{ text: text.replace(/;\s*$/, ''), offset: 0 }],
  }
}

/** The row that such a file leaves. */
export function rowOf(name: string, text?: string): RecordedMigration {
  const { version, checksum } = migrationOf(name, text)
  return { version, name, checksum, appliedAt: new Date('2026-01-23T23:59:59.999Z') }
}
