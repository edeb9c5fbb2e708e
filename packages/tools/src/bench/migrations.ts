import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { disposablePostgres } from '@tokenledger/postgres-server'
import { root } from '../repository.ts'
import { type Case, interleave } from './interleave.ts'
import { migrationDatabases } from './migrations-databases.ts'
import { type MigrationFiles, migrationFiles } from './migrations-files.ts'
import { DBMATE, migrators, NPM_ONE, OURS, PSQL_EACH } from './migrations-tools.ts'
import { migrationsVerdict, RERUN, type Round } from './migrations-verdict.ts'

/** A process per file takes 45 s for 1000 files; it is measured once there, and after the others. */
const MANY = 1000
/** What can run again; psql cannot. */
const RERUNS = [NPM_ONE, DBMATE, OURS]

/**
 * 1, 100 and 1000 files by psql, node-pg-migrate, dbmate and the built action, interleaved, each time in a fresh database of a
 * server that syncs to disk as any other. With `--files N` for N files alone. About 5 minutes.
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { files: { type: 'string' } } })
  const counts = values.files === undefined ? [1, 100, MANY] : [Number(values.files)]
  if (!counts.every(count => Number.isInteger(count) && count > 0 && count < 10_000)) {
    return refuse('--files takes a whole number from 1 to 9999.')
  }
  if (!existsSync(join(root, 'dist', 'run-migrations', 'index.js'))) {
    return refuse('dist/run-migrations is not built; run "npm run build" first.')
  }
  const psql = psqlVersion()
  if (!psql) return refuse('psql is not on PATH; on Debian and Ubuntu: apt-get install postgresql-client.')
  const server = await disposablePostgres({ settings: { fsync: 'on' } })
  try {
    console.log(`PostgreSQL ${server.version} on loopback with fsync on, its data in ${tmpdir()}; ${psql}.`)
    console.log(
      'Ours with the defaults of a push: checks heads and invalid, lint builtin, locks measured per file.',
    )
    const databases = migrationDatabases(server)
    const rounds: Round[] = []
    for (const count of counts) rounds.push(await measure(migrationFiles(count), databases))
    return migrationsVerdict(rounds) ? 0 : 1
  } finally {
    await server.close()
  }
}

type Databases = ReturnType<typeof migrationDatabases>

async function measure(files: MigrationFiles, databases: Databases): Promise<Round> {
  const isMany = files.count >= MANY
  const cases: Record<string, Case> = {}
  for (const [name, migrate] of Object.entries(migrators)) {
    if (isMany && name === PSQL_EACH) continue
    cases[name] = () => databases.inFresh(files.count, url => migrate(files, url))
    if (!isMany || !RERUNS.includes(name)) continue
    // The database of the run before it, with all files applied.
    cases[RERUN + name] = () => databases.inKept(files.count, url => migrate(files, url))
  }
  const samples = new Map(await interleave(cases, isMany ? 3 : 5))
  const each = migrators[PSQL_EACH]
  if (isMany && each) {
    samples.set(PSQL_EACH, [await databases.inFresh(files.count, url => each(files, url))])
  }
  return { count: files.count, samples }
}

function psqlVersion(): string | undefined {
  try {
    return execFileSync('psql', ['--version'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

function refuse(reason: string): number {
  console.error(reason)
  return 2
}
