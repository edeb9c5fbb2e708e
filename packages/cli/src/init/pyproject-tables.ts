import { isDeepStrictEqual } from 'node:util'
import { isTable, parseToml, type Table, tableOf } from '@tokenledger/python-project'
import { type Adopter, listOf } from './adopter.ts'
import { current, left, type Outcome, written } from './outcome.ts'
import { versionHome } from './version-home.ts'

const PATH = 'pyproject.toml'

/** `[tool.bandit]` and, where nothing else says where the version is, `[tool.bumpversion]`, behind what is there. */
export function pyprojectOutcomes(adopter: Adopter): Outcome[] {
  const text = adopter.read(PATH) ?? ''
  const bandit = banditOutcome(adopter, text)
  const bumpversion = bumpversionOutcome(adopter, bandit.kind === 'write' ? bandit.after : text)
  return bumpversion ? [bandit, bumpversion] : [bandit]
}

function banditOutcome(adopter: Adopter, text: string): Outcome {
  const { value: config, reason } = adopter.findings['bandit-config']
  if (config) return current(PATH, `bandit has its settings: ${config}, ${reason}`)
  const ini = ['setup.cfg', 'tox.ini'].find(path => /^\s*\[bandit\]/m.test(adopter.read(path) ?? ''))
  if (ini) return current(PATH, `bandit has its settings in ${ini}`)
  const excluded = foldersWithoutShippedCode(adopter)
  if (excluded.length === 0) return left(PATH, 'nothing for bandit to leave out: no tests and no dashboard')
  const list = excluded.map(folder => JSON.stringify(folder)).join(', ')
  const why = `bandit leaves ${excluded.join(' and ')} out`
  return appended(text, `[tool.bandit]\nexclude_dirs = [${list}]\n`, why)
}

function foldersWithoutShippedCode({ findings }: Adopter): string[] {
  const tests = listOf(findings['test-paths'].value)
  const dashboard = String(findings['dashboard-directory'].value)
  return [...tests, dashboard].filter(folder => folder !== '' && folder !== '.' && !/[*?[]/.test(folder))
}

/** Undefined where version-bump finds the version by itself, or cannot be told where it is. */
function bumpversionOutcome(adopter: Adopter, text: string): Outcome | undefined {
  const home = versionHome(adopter)
  if (adopter.findings['has-package'].value !== true || home.kind !== 'literal') return undefined
  const { literal } = home
  const [search, replace] = ['{current_version}', '{new_version}'].map(name =>
    JSON.stringify(literal.around(name)),
  )
  const table = [
    '[tool.bumpversion]',
    `current_version = ${JSON.stringify(literal.version)}`,
    '',
    '[[tool.bumpversion.files]]',
    `filename = ${JSON.stringify(literal.path)}`,
    `search = ${search}`,
    `replace = ${replace}`,
    '',
  ]
  return appended(
    text,
    table.join('\n'),
    `version-bump cannot see by itself that the version is in ${literal.path}`,
  )
}

/** The text with a table at its end. It is read again: where it does not say both, it is left. */
function appended(text: string, table: string, why: string): Outcome {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const body = text.replace(/(?:\r?\n)*$/, '')
  const after = [body, '', table].join('\n').replace(/\r?\n/g, lineEnd)
  return saysBoth(text, table, body ? after : table)
    ? written(PATH, text, body ? after : table, why)
    : left(
        PATH,
        `add by hand, since its tables are written in a way that lines cannot be added to: ${table.split('\n', 2).join(' ')}`,
      )
}

function saysBoth(before: string, table: string, after: string): boolean {
  try {
    const [old, added, whole] = [before, table, after].map(text => parseToml(text, PATH))
    // Clones, since the parser's tables have no prototype.
    return isDeepStrictEqual(structuredClone(merged(tableOf(old), tableOf(added))), structuredClone(whole))
  } catch {
    return false
  }
}

function merged(old: Table, added: Table): Table {
  const both = Object.entries(added).map(([key, value]) => [
    key,
    isTable(value) && isTable(old[key]) ? merged(old[key], value) : value,
  ])
  return { ...old, ...Object.fromEntries(both) }
}
