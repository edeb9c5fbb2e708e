import { exec, lastLines, UserError } from '@tokenledger/kit'
import type { Migration } from '../files/migration.ts'
import type { Position, Problem } from '../problem.ts'
import { excerptAt, lineOf } from './position.ts'
import { installedSquawk, withoutSecrets } from './squawk-install.ts'

export interface SquawkOptions {
  /** Folder of squawk's package.json and package-lock.json, next to the action's bundle. */
  readonly lockFolder: string
  /** Where it is installed, or found from an earlier run. */
  readonly installBelow: string
}

/** Rules of style, and rules about what the runner sees to: time-outs, and a file that is run once and whole. */
const OFF = new Set([
  'prefer-text-field',
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-identity',
  'prefer-robust-stmts',
  'require-lock-timeout',
  'require-statement-timeout',
])

/**
 * squawk's warnings about files that are new, without those of the rules that are off here. A `.squawk.toml` in `root` and
 * `-- squawk-ignore` comments are honoured by squawk itself. Throws a UserError when squawk cannot be installed or run.
 */
export async function squawkProblems(
  files: readonly Migration[],
  root: string,
  { lockFolder, installBelow }: SquawkOptions,
): Promise<Problem[]> {
  if (files.length === 0) return []
  const squawk = await installedSquawk(lockFolder, installBelow)
  const problems: Problem[] = []
  for (const file of files) problems.push(...(await problemsOf(squawk, file, root)))
  return problems
}

interface Violation {
  /** From 0. */
  readonly line: number
  /** From 0, in bytes of UTF-8. */
  readonly column: number
  readonly message: string
  readonly help: string | null
  readonly rule_name: string
}

/** The rules are left out here and not by `--exclude`, which would replace the `excluded_rules` of a project's own file. */
async function problemsOf(squawk: string, migration: Migration, root: string): Promise<Problem[]> {
  const { path, text, transactional } = migration
  const mode = transactional ? '--assume-in-transaction' : '--no-assume-in-transaction'
  const violations = await run(squawk, [mode, '--reporter', 'json', '--stdin-filepath', path], text, root)
  return violations
    .filter(({ rule_name }) => !OFF.has(rule_name))
    .map(violation => {
      const position = positionOf(text, violation)
      const message = [violation.message, violation.help, `[${violation.rule_name}]`]
        .filter(Boolean)
        .join(' ')
      return { path, position, message, excerpt: excerptAt(text, position) }
    })
}

async function run(
  squawk: string,
  args: readonly string[],
  input: string,
  cwd: string,
): Promise<Violation[]> {
  const { stdout, stderr, exitCode } = await exec(squawk, args, { input, cwd, env: withoutSecrets() })
  try {
    return JSON.parse(stdout)
  } catch {
    throw new UserError(`squawk failed (exit code ${exitCode}): ${lastLines(stderr || stdout, 3)}`)
  }
}

function positionOf(text: string, { line, column }: Violation): Position {
  const before = Buffer.from(lineOf(text, line + 1)).subarray(0, column)
  return { line: line + 1, column: [...before.toString()].length + 1 }
}
