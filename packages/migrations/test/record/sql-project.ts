import { afterAll, afterEach, beforeAll } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import { type GitRepo, gitRepo } from '@tokenledger/testkit'
import type { Session } from '../../src/database/session.ts'
import { type SqlToolOptions, sqlTool } from '../../src/sql-tool.ts'
import type { MigrationTool } from '../../src/tool.ts'
import { sessionOn } from '../run/given.ts'

/** Three files with a gap between them. */
export const TEXTS = {
  'migrations/001_a.sql': 'CREATE TABLE a (id int);\n',
  'migrations/002_b.sql': 'CREATE TABLE b (id int);\n',
  'migrations/010_c.sql': 'CREATE TABLE c (id int);\n',
}

export const DEFAULTS = {
  directory: 'migrations',
  table: 'public.tokenledger_migrations',
  outOfOrder: 'error',
  checksums: 'error',
  accepted: new Map<string, string>(),
} as const

/** A repository with migrations, an empty database, and the tool over both. */
export interface SqlProject {
  readonly repo: GitRepo
  readonly url: string
  readonly session: Session
  readonly said: string[]
  tool(options?: Partial<SqlToolOptions>): MigrationTool
  /** What the record holds. */
  names(): Promise<unknown[]>
  /** Tables in schema public: `a b`. */
  tables(): Promise<string>
}

export interface SqlProjects {
  create(files?: Record<string, string>): Promise<SqlProject>
  /** A further session, closed after the test. */
  open(url: string): Promise<Session>
  query(sql: string, url: string): Promise<Record<string, unknown>[]>
}

const TABLES =
  "SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '') AS names FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"

/** Projects on one server, which runs from the first test of a `describe` to its last. */
export function sqlProjects(major: Major): SqlProjects {
  let server: DisposablePostgres
  const sessions: Session[] = []
  beforeAll(async () => {
    server = await disposablePostgres({ major })
  })
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map(session => session.close()))
  })
  afterAll(() => server.close())

  const open = async (url: string) => {
    const session = await sessionOn(url)
    sessions.push(session)
    return session
  }
  const create = async (files: Record<string, string> = TEXTS): Promise<SqlProject> => {
    const repo = gitRepo(files)
    const url = await server.createDatabase()
    const session = await open(url)
    const said: string[] = []
    const query = (sql: string) => server.query(sql, url)
    const place = { root: repo.path, workingDirectory: '.' }
    return {
      ...{ repo, url, session, said },
      tool: options => sqlTool(place, { ...DEFAULTS, say: line => said.push(line), ...options }),
      names: async () =>
        (await query('SELECT name FROM tokenledger_migrations ORDER BY version')).map(({ name }) => name),
      tables: async () => String((await query(TABLES))[0]?.names),
    }
  }
  return { create, open, query: (sql, url) => server.query(sql, url) }
}
