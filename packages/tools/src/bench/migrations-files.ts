import { join } from 'node:path'
import { gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'

/** The same migrations for every tool. */
export interface MigrationFiles {
  readonly count: number
  /** A checkout with the files in `migrations/`, as the action finds it. */
  readonly checkout: string
  /** The folder with the files. */
  readonly folder: string
  /** Their paths in order. */
  readonly paths: readonly string[]
  /** Copies with dbmate's marker, without which it refuses a file. */
  readonly dbmateFolder: string
}

/** `count` files, each of which makes a table with an index; their names are in order as text and as numbers. */
export function migrationFiles(count: number): MigrationFiles {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const nameOf = (n: number) => `${String(n).padStart(4, '0')}_m${n}.sql`
  const { path: checkout } = gitRepo(
    Object.fromEntries(numbers.map(n => [`migrations/${nameOf(n)}`, sqlOf(n)])),
  )
  const dbmateFolder = tempDir('bench-dbmate-')
  writeFiles(
    dbmateFolder,
    Object.fromEntries(numbers.map(n => [nameOf(n), `-- migrate:up\n${sqlOf(n)}\n-- migrate:down\n`])),
  )
  const folder = join(checkout, 'migrations')
  return { count, checkout, folder, paths: numbers.map(n => join(folder, nameOf(n))), dbmateFolder }
}

function sqlOf(n: number): string {
  return `CREATE TABLE m${n} (id int PRIMARY KEY, v text);\nCREATE INDEX m${n}_v ON m${n} (v);\n`
}
