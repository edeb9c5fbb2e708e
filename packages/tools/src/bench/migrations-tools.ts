import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { runBundle, tempDir } from '@tokenledger/testkit'
import { resolveBinary } from 'dbmate'
import { root } from '../repository.ts'
import type { MigrationFiles } from './migrations-files.ts'
import { unexpected } from './start.ts'
import { wall } from './wall.ts'

export const PSQL_ONE = 'psql, one process, one transaction'
export const PSQL_EACH = 'psql, a process per file'
export const NPM_ONE = 'node-pg-migrate, one transaction'
export const NPM_EACH = 'node-pg-migrate, a transaction per file'
export const DBMATE = 'dbmate, a transaction per file'
export const OURS = 'ours, a transaction per file'
export const OURS_ONE = 'ours, one transaction (transaction: all)'

/** Brings the database at a URL up to date with the files in processes of its own, and gives their wall time in ms. */
export type Migrate = (files: MigrationFiles, url: string) => Promise<number>

/** Without psql's start-up file (-X); psql goes on after an error unless it is told to stop. */
const PSQL = ['-X', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1']

export const migrators: Readonly<Record<string, Migrate>> = {
  [PSQL_ONE]: ({ paths }, url) =>
    wall('psql', [...PSQL, ...paths.flatMap(path => ['-f', path])], { env: libpqOf(url) }),
  [PSQL_EACH]: async ({ paths }, url) => {
    let ms = 0
    for (const path of paths) ms += await wall('psql', [...PSQL, '-f', path], { env: libpqOf(url) })
    return ms
  },
  [NPM_ONE]: (files, url) => nodePgMigrate(files, url),
  [NPM_EACH]: (files, url) => nodePgMigrate(files, url, '--no-single-transaction'),
  // Its program itself: the npm package starts it by Node, which would cost it 40 ms.
  [DBMATE]: ({ dbmateFolder }, url) =>
    wall(resolveBinary(), ['--migrations-dir', dbmateFolder, '--no-dump-schema', 'migrate'], {
      env: { PATH: process.env.PATH, DATABASE_URL: `${url}?sslmode=disable` },
    }),
  [OURS]: (files, url) => ours(files, url, 'file'),
  [OURS_ONE]: (files, url) => ours(files, url, 'all'),
}

async function ours({ checkout }: MigrationFiles, url: string, transaction: 'file' | 'all'): Promise<number> {
  const inputs = { 'database-url': url, transaction }
  const run = await runBundle('run-migrations', { root: builtCopy(), workspace: checkout, inputs })
  if (run.exitCode !== 0) throw unexpected(run)
  return run.ms
}

let copy = ''

/** What is built, as it was at the start: a bench takes minutes, and somebody may build again meanwhile. */
function builtCopy(): string {
  if (copy) return copy
  copy = tempDir('bench-built-')
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true })
  const actionYml = join('actions', 'run-migrations', 'action.yml')
  cpSync(join(root, actionYml), join(copy, actionYml))
  return copy
}

function nodePgMigrate({ folder, checkout }: MigrationFiles, url: string, ...options: string[]) {
  const cli = createRequire(import.meta.url).resolve('node-pg-migrate/bin/node-pg-migrate')
  return wall(process.execPath, [cli, 'up', '--migrations-dir', folder, '--no-verbose', ...options], {
    cwd: checkout,
    env: { PATH: process.env.PATH, DATABASE_URL: url },
  })
}

/** libpq's variables for a URL, so that no password stands among a process's arguments. */
function libpqOf(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    PATH: process.env.PATH,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
  }
}
