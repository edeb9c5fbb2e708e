import type { CoverageView, FileTotals, Links, PatchFileView } from '../../src/render/coverage-view.ts'
import type { UncoveredRange } from '../../src/render/uncovered.ts'

export const links: Links = {
  serverUrl: 'https://github.com',
  repository: 'acme/consumer',
  pull: 7,
  runUrl: 'https://github.com/acme/consumer/actions/runs/123',
  testedSha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
  headSha: 'ffeeddccbbaa99887766554433221100ffeeddcc',
}

export function totals(executed: number, statements: number, taken = 0, exits = 0) {
  return { statements, executed, exits, taken }
}

export function file(path: string, executed: number, statements: number): FileTotals {
  return { path, totals: totals(executed, statements) }
}

/** A range that is at the same lines in the head. */
export function missed(from: number, to = from, statements = to - from + 1): UncoveredRange {
  return { kind: 'missed', from, to, statements, exits: [], head: { from, to } }
}

export function partial(line: number, ...exits: string[]): UncoveredRange {
  return {
    kind: 'partial',
    from: line,
    to: line,
    statements: 1,
    exits: exits.map(exit => `${line}→${exit}`),
    head: { from: line, to: line },
  }
}

export function patchFile(path: string, covered: number, ...ranges: UncoveredRange[]): PatchFileView {
  const missing = ranges.reduce((sum, { statements }) => sum + statements, 0)
  return { path, covered, valid: covered + missing, ranges }
}

export function patch(...files: PatchFileView[]): CoverageView['patch'] {
  const sum = (of: 'covered' | 'valid') => files.reduce((all, file) => all + file[of], 0)
  return {
    kind: 'measured',
    covered: sum('covered'),
    valid: sum('valid'),
    files,
    source: 'git diff 4c353ff..a1b2c3d, the merge commit against its first parent',
    notComparable: [],
  }
}

/** A pull request whose changed lines are below what is asked; `changes` replace parts of it. */
export function view(changes: Partial<CoverageView> = {}): CoverageView {
  return {
    verdict: {
      gate: 'fail',
      checks: [
        { gate: 'min-total', required: '>= 90%', actual: '91.2% (912 of 1000)', met: true },
        { gate: 'min-patch', required: '>= 80%', actual: '71.43% (5 of 7)', met: false },
      ],
      failures: [
        {
          gate: 'min-patch',
          message:
            'Changed lines: 71.43% (5 of 7) is below min-patch 80%. Not covered: tokenledger/config.py 41, 58→exit. Cover at least 1 more.',
        },
      ],
    },
    errors: [],
    warnings: [],
    precision: 2,
    total: totals(812, 900, 100, 100),
    files: [
      file('tokenledger/config.py', 60, 100),
      file('tokenledger/db/pool.py', 340, 400),
      file('tokenledger/api/limits.py', 400, 400),
    ],
    base: { total: totals(813, 900, 100, 100), source: 'base.xml' },
    patch: patch(patchFile('tokenledger/config.py', 5, missed(41), partial(58, 'exit'))),
    links,
    computed: {
      reports: [
        {
          path: 'reports/3.11/coverage.xml',
          format: 'cobertura',
          writer: 'coverage.py 7.11.4',
          sources: ['/home/runner/work/consumer/tokenledger'],
          files: 3,
        },
      ],
      totalSource: "the report's own totals",
      unresolved: [],
      excluded: [],
      disagreements: [],
    },
    ...changes,
  }
}

/** Nothing asked for, or all of it met. */
export const passed = {
  verdict: {
    gate: 'pass',
    checks: [{ gate: 'min-total', required: '>= 90%', actual: '91.2% (912 of 1000)', met: true }],
    failures: [],
  },
} satisfies Partial<CoverageView>
