import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  checkoutOf,
  event,
  type Files,
  type GitRepo,
  gitIn,
  gitRepo,
  pullRequest,
  pullRequestEvent,
  writeFiles,
} from '@tokenledger/testkit'
import fc from 'fast-check'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'
import { type PatchOptions, patchCoverage } from '../../src/patch/measure-changes.ts'
import { readChanges } from '../../src/patch/read-changes.ts'
import { measure, PACKAGES } from './coverage-py.ts'

interface Numbers {
  readonly covered: number
  readonly valid: number
  /** Uncovered lines by path, of the files that have some. */
  readonly uncovered: Readonly<Record<string, readonly number[]>>
}

/** What the real diff-cover says of `coverage.xml` in a checkout. */
function diffCover(root: string, base: string, ...options: readonly string[]): Numbers {
  const program = join(pythonWith(...PACKAGES), '..', 'diff-cover')
  const settings = ['--compare-branch', base, '--format', 'json:diff.json', ...options]
  execFileSync(program, ['coverage.xml', ...settings], { cwd: root, stdio: 'pipe' })
  const report = JSON.parse(readFileSync(join(root, 'diff.json'), 'utf8')) as {
    total_num_lines: number
    total_num_violations: number
    src_stats: Record<string, { violation_lines: number[] }>
  }
  const uncovered = Object.entries(report.src_stats)
    .filter(([, { violation_lines }]) => violation_lines.length > 0)
    .map(([path, { violation_lines }]) => [path, violation_lines])
  const { total_num_lines: valid, total_num_violations: missed } = report
  return { covered: valid - missed, valid, uncovered: Object.fromEntries(uncovered) }
}

async function ours(
  root: string,
  base: string,
  options: Partial<PatchOptions> = {},
  measured = measure(root),
): Promise<Numbers> {
  const request = { root, patchBase: base, event: event('workflow_dispatch'), isMeasured: () => true }
  const read = await readChanges(request)
  if (read.kind === 'none') throw new Error(read.reason)
  const source = (path: string) => readFileSync(join(root, path), 'utf8')
  const patch = patchCoverage(read.changes, measured, {
    ...{ partialBranch: 'hit', multiline: true, source },
    ...options,
  })
  const uncovered = patch.files
    .filter(file => file.uncovered.length > 0)
    .map(file => [file.path, file.uncovered.map(({ line }) => line)])
  return { covered: patch.covered, valid: patch.valid, uncovered: Object.fromEntries(uncovered) }
}

/** A repository with one change to `HEAD^`; what tools write into it is ignored. */
function changed(before: Files, after: Files, act: (root: string) => void = () => undefined): GitRepo {
  const repo = gitRepo({ '.gitignore': '*.json\n*.xml\n.coverage\n__pycache__/\n', ...before })
  act(repo.path)
  repo.commit(after)
  return repo
}

/** A function of one-line statements, where both tools mean the same. */
interface Spec {
  readonly id: number
  readonly steps: number
  readonly called: boolean
  readonly argument: number
  readonly excluded: boolean
}
const spec = fc.record<Spec>({
  id: fc.nat(9),
  steps: fc.nat(3),
  called: fc.boolean(),
  argument: fc.nat(5),
  excluded: fc.integer({ min: 0, max: 5 }).map(one => one === 0),
})
const source = (specs: readonly Spec[]) =>
  specs
    .map(({ id, steps, called, argument, excluded }, index) =>
      [
        `# ${id} of them`,
        `def f${index}_${id}(x):${excluded ? '  # pragma: no cover' : ''}`,
        ...Array.from({ length: steps }, (_, step) => `    y${step} = x + ${step * id}\n`),
        `    if x > ${id}:`,
        `        x = ${id}`,
        '    else:',
        '        pass',
        '    for _ in range(x):',
        '        x -= 1',
        '    return x',
        '',
        ...(called ? [`f${index}_${id}(${argument})`] : []),
        '',
      ].join('\n'),
    )
    .join('')
const change = fc.record({
  before: fc.array(spec, { maxLength: 6 }),
  after: fc.array(spec, { maxLength: 6 }),
})

describe('where diff-cover is right, our numbers are the same', () => {
  it('on random changes of files that are edited, new, renamed and deleted, with and without partial branches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(change, change, change, change), async ([edited, fresh, moved, gone]) => {
        const before = {
          'edited.py': source(edited.before),
          'moved.py': source(moved.before),
          'gone.py': source(gone.before),
        }
        const after = {
          'edited.py': source(edited.after),
          'pkg/fresh.py': source(fresh.after),
          'main.py': MAIN,
        }
        const { path: root } = changed({ 'main.py': '', ...before }, after, folder => {
          renameSync(join(folder, 'moved.py'), join(folder, 'elsewhere.py'))
          rmSync(join(folder, 'gone.py'))
        })
        const measured = measure(root)
        expect(await ours(root, 'HEAD^', {}, measured)).toEqual(diffCover(root, 'HEAD^'))
        expect(await ours(root, 'HEAD^', { partialBranch: 'miss' }, measured)).toEqual(
          diffCover(root, 'HEAD^', '--branch-coverage'),
        )
      }),
      { numRuns: 4, endOnFailure: true }, // one that shrinks would run for minutes,
    )
  })

  it('on a path that git quotes', async () => {
    const { path: root } = changed(
      { 'main.py': 'import straße\n', 'straße.py': 'x = 1\n' },
      { 'straße.py': 'x = 1\nif x == 2:\n    y = 2\n' },
    )
    const expected = { covered: 1, valid: 2, uncovered: { 'straße.py': [3] } }
    expect(await ours(root, 'HEAD^')).toEqual(expected)
    expect(diffCover(root, 'HEAD^')).toEqual(expected)
  })

  it('on a merge commit in a whole clone', async () => {
    const pr = pullRequest({ 'main.py': 'import app\nif app.gained:\n    done = 1\nelse:\n    done = 0\n' })
    const root = checkoutOf(`file://${pr.server}`, pr.merge, 0)
    const expected = await ours(root, 'main', { partialBranch: 'hit' })
    expect(expected).toEqual({ covered: 4, valid: 5, uncovered: { 'main.py': [5] } })
    expect(diffCover(root, 'origin/main')).toEqual(expected)
  })
})

const MAIN = 'import edited\nimport elsewhere\nimport pkg.fresh\n'

describe('where we differ from diff-cover, on purpose', () => {
  it('a changed continuation line is a change of its statement, which diff-cover does not see', async () => {
    const before = 'def f():\n    return {\n        "a": 1,\n    }\n'
    const { path: root } = changed(
      { 'app.py': before, 'main.py': 'import app\n' },
      { 'app.py': before.replace('1', '2') },
    )
    expect(await ours(root, 'HEAD^')).toEqual({ covered: 0, valid: 1, uncovered: { 'app.py': [2] } })
    expect(diffCover(root, 'HEAD^').valid).toBe(0)
    expect((await ours(root, 'HEAD^', { multiline: false })).valid).toBe(0)
  })

  it('comments, blank lines and else: do not count, which --expand-coverage-report counts as the line above', async () => {
    const { path: root } = changed(
      { 'main.py': 'x = 1\nif x:\n    x = 2\nelse:\n    x = 3\ny = 1\n' },
      { 'main.py': 'x = 1\n# why\n\nif x:\n    x = 2\nelse: # other\n    x = 3\ny = 1\n' },
    )
    expect((await ours(root, 'HEAD^')).valid).toBe(0)
    expect(diffCover(root, 'HEAD^', '--expand-coverage-report').valid).toBe(3)
  })

  it('a branch that was not always gone is not covered, unless partial-branch is hit; diff-cover needs an option', async () => {
    const { path: root } = changed({ 'main.py': 'x = 1\n' }, { 'main.py': 'x = 1\nif x:\n    y = 2\n' })
    expect(await ours(root, 'HEAD^', { partialBranch: 'miss' })).toEqual({
      covered: 1,
      valid: 2,
      uncovered: { 'main.py': [2] },
    })
    expect(diffCover(root, 'HEAD^')).toEqual(await ours(root, 'HEAD^', { partialBranch: 'hit' }))
  })

  it('a line after one without a newline keeps its number, which diff-cover counts one too high', async () => {
    const { path: root } = changed({ 'main.py': 'x = 1' }, { 'main.py': 'x = 2' })
    expect((await ours(root, 'HEAD^')).valid).toBe(1)
    expect(diffCover(root, 'HEAD^').valid).toBe(0)
  })

  it('a path with " b/" in it is read whole, of which diff-cover takes the end', async () => {
    const path = 'a b/mod.py'
    const { path: root } = changed(
      { 'main.py': `exec(compile(open('${path}').read(), '${path}', 'exec'))\n`, [path]: 'x = 1\n' },
      { [path]: 'x = 2\n' },
    )
    expect((await ours(root, 'HEAD^')).valid).toBe(1)
    expect(diffCover(root, 'HEAD^').valid).toBe(0)
  })

  it('a merge commit at depth 1 is read as at full depth; diff-cover finds no merge base', async () => {
    const pr = pullRequest({ 'main.py': 'import app\n' })
    const root = checkoutOf(`file://${pr.server}`, pr.merge, 1)
    const request = { root, patchBase: 'auto', event: pullRequestEvent(pr), isMeasured: () => true }
    const read = await readChanges(request)
    expect(read).toMatchObject({
      changes: {
        files: new Map([
          ['app.py', [25]],
          ['main.py', [1]],
        ]),
      },
    })
    measure(root)
    expect(() => diffCover(root, pr.base)).toThrow('no merge base')
    gitIn(root)('clean', '-qfdx')
  })

  it('what is not committed is not a part of the change, which diff-cover adds', async () => {
    const { path: root } = changed({ 'main.py': 'x = 1\n' }, { 'main.py': 'x = 1\ny = 2\n' })
    writeFiles(root, { 'main.py': 'x = 1\ny = 2\nz = 3\n' })
    expect((await ours(root, 'HEAD^')).valid).toBe(1)
    expect(diffCover(root, 'HEAD^').valid).toBe(2)
  })
})
