import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  countedTotals,
  displayPercent,
  mergeReports,
  percentOf,
  readReport,
  resolvePaths,
} from '@tokenledger/coverage'
import type { Files } from '@tokenledger/testkit'
import { pythonWith } from '../../packages/migrations/test/alembic/python-environment.ts'
import { NEWEST, projectOf, runTests } from './python-tests.ts'

/** What coverage says of a project, exactly and as it prints it. */
interface Said {
  readonly percent: number
  readonly displayed: string
}

interface Measured {
  /** Path of its coverage.xml. */
  readonly report: string
  readonly tests: readonly string[]
}

const PRECISION = 3
const MODULES = [0, 1, 2]

/** A function whose exits are many, with limits of its own. */
const module = (n: number) => `def measure(a, b):
    total = 0
    if a > ${n + 2}:
        total += 1
    elif b > ${n} and a:
        total += 2
    for i in range(b % 4):
        if i == a % 3:
            continue
        total += i
    while total > ${n + 3}:
        total -= b
        if b < 1:
            break
    try:
        if total == ${n}:
            raise ValueError(total)
    except ValueError:
        return -1
    finally:
        total += 1
    return [t for t in range(total) if t > ${n}]
`

/** Files with one test for each pair of arguments. */
function project(files: readonly (readonly (readonly [number, number])[])[]): Files {
  const imports = MODULES.map(n => `from ledger.part${n} import measure as measure${n}\n`).join('')
  const body = (a: number, b: number) => MODULES.map(n => `    measure${n}(${a + n}, ${b})\n`).join('')
  const tests = (pairs: readonly (readonly [number, number])[]) =>
    pairs.map(([a, b], n) => `def test_${n}():\n${body(a, b)}`).join('\n')
  return {
    'ledger/__init__.py': '',
    ...Object.fromEntries(MODULES.map(n => [`ledger/part${n}.py`, module(n)])),
    ...Object.fromEntries(files.map((pairs, n) => [`tests/test_${n}.py`, `${imports}\n${tests(pairs)}`])),
    '.coveragerc': '[run]\nbranch = true\nsource = ledger\n',
  }
}

/** Runs the action in a project; its data and report are moved out of the way of the next run. */
async function measure(folder: string, shard: number, shards: number): Promise<Measured> {
  const inputs = { 'coverage-source': 'ledger', shard: `${shard}`, shards: `${shards}` }
  // What only a process knows must not decide: here the order of sets.
  const environment = { PYTHONPATH: '.', PYTHONHASHSEED: `${3 + shard}` }
  const { tests } = await runTests(folder, inputs, NEWEST, environment)
  expect({ status: tests.status, log: tests.log }).toMatchObject({ status: 0 })
  const kept = join(folder, `kept-${shards}`)
  mkdirSync(kept, { recursive: true })
  renameSync(join(folder, '.coverage'), join(kept, `.coverage.${shard}`))
  const report = join(kept, `${shard}.xml`)
  renameSync(join(folder, 'coverage.xml'), report)
  const junit = readFileSync(join(folder, 'junit.xml'), 'utf8')
  return { report, tests: junit.match(/<testcase classname="\S+" name="\S+"/g) ?? [] }
}

async function ours(folder: string, files: Files, paths: readonly string[]): Promise<Said> {
  const tree = {
    tracked: new Set(Object.keys(files)),
    workspace: folder,
    workingDirectory: '',
    pathMap: [],
    exclude: [],
  }
  const reports = await Promise.all(paths.map(path => readReport(path, { shownAs: path, format: 'auto' })))
  const merged = mergeReports(
    reports.map(report => {
      const { files: byPath, unresolved } = resolvePaths(report, tree)
      expect(unresolved).toEqual([])
      return { path: report.path, format: report.format, files: byPath }
    }),
  )
  expect(merged.disagreements).toEqual([])
  const percent = percentOf(countedTotals(reports, merged, 0).totals)
  return { percent, displayed: displayPercent(percent, PRECISION) }
}

/** `coverage combine` of the kept data, then `coverage report` and `coverage json`. */
function theirs(folder: string, shards: number): Said {
  const coverage = (...args: string[]) =>
    execFileSync(join(dirname(pythonWith(...NEWEST)), 'coverage'), args, { cwd: folder, encoding: 'utf8' })
  coverage('combine', '--quiet', '--keep', `kept-${shards}`)
  const displayed = coverage('report', `--precision=${PRECISION}`, '--format=total').trim()
  const { totals } = JSON.parse(coverage('json', '--quiet', '-o', '-'))
  return { percent: totals.percent_covered, displayed }
}

const SPREAD = [
  [[0, 0]],
  [[9, 1]],
  [[1, 5]],
  [[4, 3]],
  [[2, 2]],
  [
    [7, 0],
    [3, 7],
  ],
] as const

describe('the coverage of shards', () => {
  it.each([
    ['six files in three shards', SPREAD, 3],
    [
      'a single file of two tests in three shards, one of them empty',
      [
        [
          [0, 0],
          [4, 3],
        ],
      ] as const,
      3,
    ],
  ])('is that of the undivided run, and of coverage combine: %s', async (_, tests, shards) => {
    const files = project(tests)
    const folder = projectOf(files)
    const whole = await measure(folder, 1, 1)
    const expected = theirs(folder, 1)
    const parts: Measured[] = []
    for (let shard = 1; shard <= shards; shard++) parts.push(await measure(folder, shard, shards))
    expect(await ours(folder, files, [whole.report])).toEqual(expected)
    expect(theirs(folder, shards)).toEqual(expected)
    const reports = parts.map(({ report }) => report)
    expect(await ours(folder, files, reports)).toEqual(expected)
    expect(parts.flatMap(part => part.tests).sort()).toEqual([...whole.tests].sort())
    const single = await Promise.all(reports.map(report => ours(folder, files, [report])))
    expect(Math.max(...single.map(({ percent }) => percent))).toBeLessThan(expected.percent)
    expect(expected.percent).toBeLessThan(100)
  })
})
