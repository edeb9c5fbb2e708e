import { childEnvironment } from '../command/child-environment.ts'
import { childName } from '../command/connections.ts'
import type { Session } from '../database/session.ts'
import type { Problem } from '../problem.ts'
import { type Alembic, PRELUDE, runAlembic } from './alembic.ts'
import { problemOfRun } from './failed-run.ts'
import { relativePath } from './read-scripts.ts'
import { schemeFor } from './scheme.ts'

export type ModelDrift =
  | { readonly verdict: 'same' }
  | { readonly verdict: 'different'; readonly problems: readonly Problem[] }
  | { readonly verdict: 'skipped'; readonly reason: string }

/** `alembic check` came with 1.9.0 (Alembic's change log). */
const FIRST_WITH_CHECK = [1, 9]
const ANSWER = '\x1e'

/** `alembic check` with its differences as data: the exception carries them from 1.13 on, and its text before. */
const CHECK = `${PRELUDE}
import json
from alembic import command, util
from alembic.config import Config
name = sys.argv[2]
config = Config(None, toml_file=name) if os.path.basename(name) == "pyproject.toml" else Config(name)

def flat(diffs):
    for diff in diffs:
        yield from flat(diff) if isinstance(diff, list) else [diff]

def described(kind, *parts):
    if kind.startswith("modify_"):
        schema, table, column, _, before, after = parts
        return dict(what="%s %s.%s from %s to %s" % (kind, table, column, before, after), table=table)
    if kind.endswith("_column"):
        schema, table, column = parts
        return dict(what="%s %s.%s" % (kind, table, column.name), table=table)
    table = getattr(parts[0], "table", parts[0])
    on = "" if table is parts[0] else " on %s" % table.name
    return dict(what="%s %s%s" % (kind, parts[0].name, on), table=table.name)

try:
    command.check(config)
    found = []
except util.CommandError as error:
    diffs = getattr(error, "diffs", None)
    found = [dict(what=str(error), table="")] if diffs is None else [described(*diff) for diff in flat(diffs)]
print(chr(${ANSWER.charCodeAt(0)}) + json.dumps(found))
`

interface Difference {
  /** `add_column calls.team`, or what Alembic said when it could not compare. */
  readonly what: string
  readonly table: string
}

/**
 * What \`alembic check\` says about the project's models and the session's database, which must be at the head. Skipped for an
 * Alembic before 1.9 and for an env.py without models. Differences are told at \`target_metadata\` of env.py.
 */
export async function modelDrift(alembic: Alembic, session: Session): Promise<ModelDrift> {
  const { scripts, options } = alembic
  if (!hasCheck(scripts.alembic)) {
    return { verdict: 'skipped', reason: `Alembic ${scripts.alembic} has no check; 1.9 does` }
  }
  const lines: string[] = []
  const result = await runAlembic(alembic, {
    args: [],
    program: CHECK,
    env: childEnvironment(
      alembic.env,
      session,
      { lockTimeoutMs: 0, statementTimeoutMs: 0 },
      {
        scheme: schemeFor(scripts, options.env.DATABASE_URL),
        applicationName: childName('alembic', 'check'),
      },
    ),
    signal: new AbortController().signal,
    onLine: line => lines.push(line),
  })
  const answer = result.lines.findLast(line => line.startsWith(ANSWER))
  const found: readonly Difference[] | undefined = answer && JSON.parse(answer.slice(ANSWER.length))
  if (!found) {
    return { verdict: 'different', problems: [await problemOfRun(alembic, result.lines, '')] }
  }
  if (found.some(({ what }) => what.includes('does not provide a MetaData'))) {
    return {
      verdict: 'skipped',
      reason: 'env.py has no target_metadata, so there are no models to compare with',
    }
  }
  const path = relativePath(alembic.place, `${scripts.directory}/env.py`)
  const problems = found
    .filter(({ table }) => table !== options.table.name)
    .map(difference => ({ ...(path ? { path } : {}), message: sentence(difference) }))
  return problems.length > 0 ? { verdict: 'different', problems } : { verdict: 'same' }
}

function hasCheck(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [firstMajor = 0, firstMinor = 0] = FIRST_WITH_CHECK
  return major > firstMajor || (major === firstMajor && minor >= firstMinor)
}

function sentence({ what }: Difference): string {
  const difference = what.replace(/^\w+_\w+ /, kind => kind.replaceAll('_', ' ')).replace(/\.$/, '')
  return `models and migrations differ: ${difference}. Write a revision for it: alembic revision --autogenerate.`
}
