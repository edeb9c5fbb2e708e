import { dirname, join } from 'node:path'
import { gitIn, gitRepo, runBundle, writeFiles } from '@tokenledger/testkit'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'
import { type Case, interleave, median, type Samples } from './interleave.ts'
import { manyCommits } from './many-commits.ts'
import { useMemoryFolder } from './memory-folder.ts'
import { unexpected } from './start.ts'
import { inSeconds, type Row, report } from './verdict.ts'
import { wall } from './wall.ts'

const ROUNDS = 5
const BARE = 'node -e 0'
const AUTO = 'ours, part: auto on 10,000 commits and 200 tags'
const PLAIN = 'ours, part: patch on one tag'
const TOOL_PLAIN = 'bump-my-version bump patch --dry-run, installed'
const TOOL_MANY = 'the same on 10,000 commits'

/** Whole processes without network; true when every target is met. The tool has no part from commits, so it does less. */
export async function bench(): Promise<number> {
  useMemoryFolder()
  const samples = await interleave(casesFor(), ROUNDS)
  const title = `version-bump, whole process without network (median of ${ROUNDS} interleaved runs)`
  return report(title, rowsOf(samples)) ? 0 : 1
}

function casesFor(): Record<string, Case> {
  const plain = smallRepository()
  const many = manyCommits({ commits: 10_000, tags: 200 })
  const git = gitIn(many)
  // Its last tag is v0.200.0.
  writeFiles(many, projectAt('0.200.0'))
  git('add', '--all')
  git('commit', '--quiet', '--message', 'feat: a project')
  const tool = join(dirname(pythonWith('bump-my-version==1.3.0')), 'bump-my-version')
  const byTool = (cwd: string) => () => wall(tool, ['bump', 'patch', '--dry-run'], { cwd })
  return {
    [BARE]: () => wall(process.execPath, ['-e', '0']),
    [AUTO]: () => ours(many, 'auto'),
    [PLAIN]: () => ours(plain, 'patch'),
    [TOOL_PLAIN]: byTool(plain),
    [TOOL_MANY]: byTool(many),
  }
}

function smallRepository(): string {
  const repository = gitRepo(projectAt('1.2.3'))
  repository.git('tag', 'v1.2.3')
  repository.commit({ 'shop/cart.py': 'a = 1\n' }, 'fix: a sum')
  return repository.path
}

function projectAt(version: string): Record<string, string> {
  return {
    'pyproject.toml': `[project]\nname = "shop"\nversion = "${version}"\n\n[tool.bumpversion]\ncurrent_version = "${version}"\n\n[[tool.bumpversion.files]]\nfilename = "shop/__init__.py"\n`,
    'shop/__init__.py': `__version__ = "${version}"\n`,
    'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n',
  }
}

async function ours(workspace: string, part: string): Promise<number> {
  const inputs = { part, mode: 'files', 'dry-run': 'true' }
  const run = await runBundle('version-bump', { workspace, inputs })
  if (run.exitCode !== 0 || run.outputs.changed !== 'true') throw unexpected(run)
  return run.ms
}

function rowsOf(samples: Samples): Row[] {
  const of = (name: string) => median(samples.get(name) ?? [])
  const row = (name: string, limit?: { readonly ms: number; readonly tool: string }): Row => ({
    name,
    measured: inSeconds(of(name)),
    ratio: limit ? `${(of(name) / of(limit.tool)).toFixed(2)} x the tool` : '',
    target: limit ? `<= ${inSeconds(limit.ms)}, < 1 x the tool` : '',
    ...(limit ? { met: of(name) <= limit.ms && of(name) < of(limit.tool) } : {}),
  })
  return [
    row(BARE),
    row(AUTO, { ms: 1500, tool: TOOL_MANY }),
    row(PLAIN, { ms: 400, tool: TOOL_PLAIN }),
    row(TOOL_PLAIN),
    row(TOOL_MANY),
  ]
}
