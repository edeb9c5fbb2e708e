import type { Files } from '@tokenledger/testkit'
import { planOf } from '../../src/plan/plan.ts'
import { JOBS, type Job } from '../../src/unaffected/job.ts'
import type { Tree } from '../../src/unaffected/tree.ts'
import { unaffectedJobs } from '../../src/unaffected/unaffected-jobs.ts'
import { projectIn } from '../plan/project-in.ts'

export const PYPROJECT = `[project]
name = "ledger"
version = "1.0"
readme = "README.md"
[project.urls]
Documentation = "https://example.com/docs/guide.md"
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
`

/** A package with tests, migrations, documents and a dashboard of its own, none of which knows of the others. */
export const LEDGER: Files = {
  'pyproject.toml': PYPROJECT,
  'uv.lock': '',
  'README.md': '# Ledger\n',
  'CHANGELOG.md': '# Changes\n',
  LICENSE: 'MIT\n',
  'docs/guide.md': 'Guide\n',
  'docs/how it looks.png': '',
  'ledger/__init__.py': '"""See https://example.com/docs for more."""\n',
  'ledger/help.md': 'Help\n',
  'migrations/001_first.sql': 'create table a (b int);\n',
  'tests/test_ledger.py': 'def test_one() -> None: ...\n',
  'dashboard/package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "8"}}',
  'dashboard/src/pages/home.ts': "import { costs } from '../costs'\nimport '../../theme.css'\n",
  'dashboard/src/costs.ts': 'export const costs = []\n',
  'dashboard/theme.css': '',
}

export interface More {
  /** Files beside those of LEDGER, or in their place; undefined takes one away. */
  readonly files?: Readonly<Record<string, string | undefined>>
  readonly links?: Readonly<Record<string, string>>
  readonly submodules?: readonly string[]
  readonly always?: readonly Job[]
}

/** What is left out for these changed files: the jobs, with their reasons, and what influences the others. */
export async function change(changed: readonly string[], more: More = {}) {
  const entries = Object.entries({ ...LEDGER, ...more.files }).filter(([, text]) => text !== undefined)
  const files = Object.fromEntries(entries) as Files
  const { project, findings } = await planned(files)
  const tree: Tree = {
    files: Object.keys(files),
    links: new Map(Object.entries(more.links ?? {})),
    submodules: new Set(more.submodules),
    text: path => files[path]?.toString(),
  }
  return unaffectedJobs(changed, { project, findings, directory: '.', tree, always: more.always ?? [] })
}

/** A law asks the same projects many times. */
const plans = new Map<string, ReturnType<typeof planAnew>>()

function planned(files: Files) {
  const key = JSON.stringify(files)
  const plan = plans.get(key) ?? planAnew(files)
  plans.set(key, plan)
  return plan
}

async function planAnew(files: Files) {
  const project = await projectIn(files)
  return { project, findings: planOf(project) }
}

/** The jobs that a change leaves out. */
export async function leftOut(changed: readonly string[], more: More = {}): Promise<Job[]> {
  return [...(await change(changed, more)).unaffected.keys()]
}

export const TESTS = ['test', 'integration', 'coverage'] as const
export const ALL = JOBS
