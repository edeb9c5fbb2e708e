import { join } from 'node:path'
import type { DisposablePostgres } from '@tokenledger/postgres-server'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { alembicTool } from '../../src/alembic-tool.ts'
import { openSession } from '../../src/database/open-session.ts'
import { parseTarget } from '../../src/database/parse-target.ts'
import { redactor } from '../../src/database/secrets.ts'
import type { Session } from '../../src/database/session.ts'
import { trackingTable } from '../../src/record/tracking-table.ts'
import type { AppliedMigration } from '../../src/run/applied.ts'
import type { ApplyOptions, ProjectPlace } from '../../src/tool.ts'

export const ENV_PY = `
import os
from alembic import context
from sqlalchemy import create_engine

with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
`

/** One revision file; \`body\` are the lines of upgrade(). */
export function revision(id: string, down: string | null, body: string, undo = 'pass'): string {
  const indented = (text: string) =>
    text
      .split('\n')
      .map(line => `    ${line}`)
      .join('\n')
  const parent = down === null ? 'None' : JSON.stringify(down)
  return [
    `"""revision ${id}"""`,
    'from alembic import context, op',
    'import sqlalchemy as sa',
    `revision = "${id}"`,
    `down_revision = ${parent}`,
    'def upgrade():',
    indented(body),
    'def downgrade():',
    indented(undo),
    '',
  ].join('\n')
}

export const TWO_REVISIONS: Files = {
  'alembic/versions/0001_users.py': revision(
    '0001',
    null,
    'op.create_table("users", sa.Column("id", sa.Integer))',
    'op.drop_table("users")',
  ),
  'alembic/versions/0002_teams.py': revision(
    '0002',
    '0001',
    'op.create_table("teams", sa.Column("id", sa.Integer))',
    'op.drop_table("teams")',
  ),
}

/** A checkout with an Alembic project; \`files\` add to and replace the usual ones. */
export function alembicProject(files: Files = TWO_REVISIONS): ProjectPlace {
  const root = tempDir('alembic-project-')
  writeFiles(root, {
    'alembic.ini': '[alembic]\nscript_location = %(here)s/alembic\n',
    'alembic/env.py': ENV_PY,
    ...files,
  })
  return { root, workingDirectory: '.' }
}

/** A run with all that it says and reports. */
export interface WatchedRun {
  readonly options: ApplyOptions
  readonly said: string[]
  readonly applied: AppliedMigration[]
}

export function watchedRun(changes: Partial<ApplyOptions> = {}): WatchedRun {
  const said: string[] = []
  const applied: AppliedMigration[] = []
  const options: ApplyOptions = {
    transaction: 'file',
    lockWaitMs: 10_000,
    lockTimeoutMs: 5000,
    lockRetries: 2,
    statementTimeoutMs: 0,
    measure: 'files',
    runner: 'tokenledger-actions/run-migrations',
    runUrl: '',
    signal: new AbortController().signal,
    say: line => said.push(line),
    onApplied: migration => applied.push(migration),
    ...changes,
  }
  return { options, said, applied }
}

/** What every tool of these tests gets: a real environment, the redaction of the target, and where lines go. */
export function surroundings(url: string, python: string, said: string[] = []) {
  return {
    python,
    table: trackingTable(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    redact: redactor(targetOf(url), url),
    say: (line: string) => {
      said.push(line)
    },
  }
}

function targetOf(url: string) {
  return parseTarget({ url, env: {} })
}

/** A session that the test closes. */
export function sessionOn(url: string): Promise<Session> {
  return openSession(targetOf(url), { applicationName: 'a test' })
}

export function file(place: ProjectPlace, path: string): string {
  return join(place.root, path)
}

/** The tool of a project, and a session on a new empty database. */
export async function projectOn(server: DisposablePostgres, python: string, place: ProjectPlace) {
  const url = await server.createDatabase()
  const said: string[] = []
  const tool = alembicTool(place, surroundings(url, python, said))
  const session = await sessionOn(url)
  return {
    url,
    tool,
    session,
    said,
    async [Symbol.asyncDispose]() {
      await session.close()
    },
  }
}
