import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'
import { FileCoverage, type LineBranches } from '../../src/model/file-coverage.ts'

export const PACKAGES = ['coverage==7.17.3', 'diff-cover==11.0.1'] as const

interface JsonReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly executed_lines: number[]
        readonly missing_lines: number[]
        readonly executed_branches?: [number, number][]
        readonly missing_branches?: [number, number][]
      }
    >
  >
}

/** Runs `main.py` of a folder under the real coverage.py with branches; what it measured, by path. Leaves coverage.xml. */
export function measure(root: string): Map<string, FileCoverage> {
  const coverage = (...args: readonly string[]) =>
    execFileSync(pythonWith(...PACKAGES), ['-m', 'coverage', ...args], { cwd: root, stdio: 'pipe' })
  coverage('run', '--branch', '--source=.', 'main.py')
  coverage('json', '-q', '-o', 'coverage.json')
  coverage('xml', '-q', '-o', 'coverage.xml')
  const { files } = JSON.parse(readFileSync(join(root, 'coverage.json'), 'utf8')) as JsonReport
  return new Map(Object.entries(files).map(([path, file]) => [path, asCoverage(file)]))
}

function asCoverage(file: JsonReport['files'][string]): FileCoverage {
  const lines = [...file.executed_lines, ...file.missing_lines].sort((a, b) => a - b)
  const missed = new Set(file.missing_lines)
  const branches = new Map<number, LineBranches>()
  const arcs = (all: readonly [number, number][] = [], line: number) => all.filter(([from]) => from === line)
  for (const [line] of [...(file.executed_branches ?? []), ...(file.missing_branches ?? [])]) {
    const missing = arcs(file.missing_branches, line).map(([, to]) => (to < 0 ? 'exit' : `${to}`))
    const taken = arcs(file.executed_branches, line).length
    branches.set(line, { exits: taken + missing.length, taken, missing })
  }
  const hits = Uint8Array.from(lines, line => (missed.has(line) ? 0 : 1))
  return new FileCoverage(Uint32Array.from(lines), hits, branches)
}

/** Measures one source as `app.py`, imported by a main that does nothing else. */
export function measureSource(source: string): { coverage: FileCoverage } {
  const root = tempDir('measured-')
  writeFiles(root, { 'app.py': source, 'main.py': 'import app\n' })
  const coverage = measure(root).get('app.py')
  if (!coverage) throw new Error('coverage.py measured no app.py')
  return { coverage }
}
