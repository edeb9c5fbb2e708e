import { isTransactional, type Migration, split } from '../../src/index.ts'

/** A file `migrations/002_x.sql` with this text. */
export function migrationOf(text: string, name = '002_x'): Migration {
  return {
    version: BigInt(name.slice(0, 3)),
    label: name.slice(0, 3),
    name,
    path: `migrations/${name}.sql`,
    text,
    checksum: '',
    transactional: isTransactional(text),
    statements: split(text).statements,
  }
}
