import type { CheckContext, CheckName, CheckResult } from '../../src/checks/check.ts'
import { runChecks } from '../../src/checks/run-checks.ts'
import { openSession } from '../../src/database/open-session.ts'
import { parseTarget } from '../../src/database/parse-target.ts'
import type { Session } from '../../src/database/session.ts'
import { sqlTool } from '../../src/sql-tool.ts'
import type { MigrationTool, ProjectPlace } from '../../src/tool.ts'
import { given } from '../run/given.ts'

export const RECORD = 'public.tokenledger_migrations'

export function sessionOf(url: string): Promise<Session> {
  return openSession(parseTarget({ url, env: {} }), { applicationName: 'check test' })
}

export function sqlToolAt(root: string, directory = 'migrations', table = RECORD): MigrationTool {
  const place: ProjectPlace = { root, workingDirectory: '.' }
  const options = {
    directory,
    table,
    outOfOrder: 'error',
    checksums: 'error',
    accepted: new Map<string, string>(),
  }
  return sqlTool(place, { ...options, say: () => undefined } as Parameters<typeof sqlTool>[1])
}

export interface CheckLab {
  readonly context: CheckContext
  readonly said: string[]
  check(name: CheckName, changes?: Partial<CheckContext>, required?: boolean): Promise<CheckResult>
}

/** A context over a checkout and a database, as the action would make it. */
export function checkLab(root: string, session: Session, env: CheckContext['env'] = {}): CheckLab {
  const { options, said } = given({ lockWaitMs: 5000 })
  const context: CheckContext = {
    session,
    tool: sqlToolAt(root),
    place: { root, workingDirectory: '.' },
    applied: [],
    options,
    bookkeeping: [RECORD, 'public.alembic_version'],
    targetKind: 'local',
    env: { PATH: process.env.PATH, ...env },
    open: target => openSession(target, { applicationName: 'check test' }),
  }
  return {
    context,
    said,
    check: async (name, changes = {}, required = false) => {
      const [result] = await runChecks([{ name, required }], { ...context, ...changes })
      if (!result) throw new Error(`${name} has no result`)
      return result
    },
  }
}

/** A tool with a way back: each of its files has a second one, `….down.sql`, that may be wrong. */
export function withDown(tool: MigrationTool, down: string): MigrationTool {
  return {
    ...tool,
    kind: 'alembic',
    down: async ({ main }) => {
      await main.query(down)
      await main.query(`TRUNCATE ${RECORD}`)
    },
  }
}
