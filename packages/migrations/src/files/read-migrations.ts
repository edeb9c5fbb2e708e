import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MigrationError, type Problem } from '../problem.ts'
import { isTransactional } from '../sql/directives.ts'
import { split } from '../sql/split.ts'
import { structuralProblems } from '../sql/structure.ts'
import type { ProjectPlace } from '../tool.ts'
import { arrange, type NumberedFile } from './arrange.ts'
import { checksumOf, fileText } from './file-text.ts'
import type { Migration } from './migration.ts'
import { openFolder } from './migration-folder.ts'

export interface MigrationsRead {
  /** In order of version. */
  readonly migrations: readonly Migration[]
  /** SQL files of the folder that are not run, each with its reason: `seed.sql (no number)`. */
  readonly leftOut: readonly string[]
}

/** Node reads files on four threads (libuv's pool); a few more keep those busy, and many would cost descriptors. */
const AT_ONCE = 16

/**
 * Reads the numbered SQL files of a folder, in order of version, taken apart and checked. `directory` is relative to
 * the working directory. A MigrationError holds all that is wrong with names, encodings and statements.
 */
export async function readMigrations(place: ProjectPlace, directory: string): Promise<Migration[]> {
  return [...(await readFolder(place, directory)).migrations]
}

/** As {@link readMigrations}, with what the folder holds besides. */
export async function readFolder(place: ProjectPlace, directory: string): Promise<MigrationsRead> {
  const folder = await openFolder(place, directory)
  const { files, problems, leftOut } = arrange(folder.path, folder.entries)
  const read = await inParallel(files, file => readMigration(folder.absolute, file))
  const migrations = read.flatMap(result => ('migration' in result ? [result.migration] : []))
  const unreadable = read.flatMap(result => ('problem' in result ? [result.problem] : []))
  const all = [...problems, ...unreadable, ...migrations.flatMap(structuralProblems)]
  if (all.length > 0) throw new MigrationError(all)
  return { migrations, leftOut }
}

type Read = { readonly migration: Migration } | { readonly problem: Problem }

async function readMigration(folder: string, { version, label, name, path }: NumberedFile): Promise<Read> {
  const bytes = await readFile(join(folder, basename(path)))
  const read = fileText(bytes)
  if ('wrong' in read) {
    const { wrong, position } = read
    return { problem: { path, message: `${wrong} Nothing was run.`, ...(position ? { position } : {}) } }
  }
  const { text } = read
  const { statements } = split(text)
  return {
    migration: {
      version,
      label,
      name,
      path,
      text,
      checksum: checksumOf(text),
      transactional: isTransactional(text),
      statements,
    },
  }
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}
