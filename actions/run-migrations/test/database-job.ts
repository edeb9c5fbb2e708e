import { join } from 'node:path'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import {
  type BundleRun,
  type Files,
  type RunBundleOptions,
  runBundle,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'

/** Two migrations of the kind that a project starts with. */
export const TWO_FILES: Files = {
  'migrations/001_teams.sql':
    'CREATE TABLE teams (id int PRIMARY KEY, name text NOT NULL);\nINSERT INTO teams VALUES (1, $$a;b$$);\n',
  'migrations/002_users.sql': 'CREATE TABLE users (id int PRIMARY KEY, team int REFERENCES teams);\n',
}

/** A job with an empty database and a checkout; more steps of it can follow the first. */
export interface DatabaseJob {
  readonly url: string
  readonly workspace: string
  write(files: Files): void
  /** Runs the built action on this job's database, which `inputs` may replace. */
  run(
    inputs?: Readonly<Record<string, string>>,
    options?: Omit<RunBundleOptions, 'inputs' | 'workspace'>,
  ): Promise<BundleRun>
  query(sql: string): Promise<Record<string, unknown>[]>
}

/** PostgreSQL 16 for one test file, and jobs on it. */
export async function databaseServer(): Promise<{
  server: DisposablePostgres
  job(files?: Files): Promise<DatabaseJob>
}> {
  const server = await disposablePostgres({ major: 16 })
  return {
    server,
    job: async (files = TWO_FILES) => {
      const url = await server.createDatabase()
      const workspace = join(tempDir(), 'mein Gehäuse', 'ledger')
      writeFiles(workspace, files)
      return {
        url,
        workspace,
        write: more => writeFiles(workspace, more),
        run: (inputs = {}, options = {}) =>
          runBundle('run-migrations', { ...options, workspace, inputs: { 'database-url': url, ...inputs } }),
        query: sql => server.query(sql, url),
      }
    },
  }
}

/** The part of a run that a failed expectation should show. */
export function essence({ exitCode, annotations, outputs }: BundleRun) {
  const { verdict, 'applied-count': applied, 'current-version': current } = outputs
  return { exitCode, annotations, verdict, applied, current }
}
