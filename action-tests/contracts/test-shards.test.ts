import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { pythonWith } from '../../packages/migrations/test/alembic/python-environment.ts'
import { NEWEST, OLDEST, projectOf, runTests } from './python-tests.ts'
import { root } from './yaml-files.ts'

interface Part {
  readonly status: number
  /** Ids in the order in which pytest had them before the plugin chose. */
  readonly collected: readonly string[]
  readonly kept: readonly string[]
}
interface Division {
  readonly way: string
  readonly shards: number
  readonly parts: readonly Part[]
}

const script = fileURLToPath(new URL('collect_shards.py', import.meta.url))
const plugin = join(root, 'actions', 'python-tests', 'plugin')

async function divisions(packages: readonly string[], seed: number): Promise<Division[]> {
  const python = pythonWith(...packages)
  const args = [script, tempDir('shards-'), String(seed), plugin]
  const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 64 * 1024 * 1024 })
  return JSON.parse(stdout)
}

const fileOf = (id: string) => id.split('::')[0] ?? ''
const filesOf = (ids: readonly string[]) => new Set(ids.map(fileOf))

describe('the shards of a project with tests of all kinds', () => {
  let all: Division[]
  beforeAll(async () => {
    const both = [divisions(NEWEST, 1), divisions(OLDEST, 2)]
    all = (await Promise.all(both)).flat()
  })

  it('have every test once, in the order that it had', () => {
    expect(new Set(all.map(({ way }) => way)).size).toBe(4)
    for (const { way, shards, parts } of all) {
      const every = [...(parts[0]?.collected ?? [])].sort()
      expect(every.length).toBeGreaterThan(5)
      for (const { status, collected, kept } of parts) {
        expect({ way, status }).toEqual({ way, status: 0 })
        expect([...collected].sort()).toEqual(every)
        expect(kept).toEqual(collected.filter(id => kept.includes(id)))
      }
      expect({ way, shards, ids: parts.flatMap(({ kept }) => kept).sort() }).toEqual({
        way,
        shards,
        ids: every,
      })
    }
  })

  it('have whole files, unless there are fewer files than shards', () => {
    const halves = all.map(({ shards, parts }) => {
      const files = filesOf(parts[0]?.collected ?? [])
      const inParts = parts.flatMap(({ kept }) => [...filesOf(kept)])
      return { isSmall: files.size < shards, isDivided: inParts.length > files.size }
    })
    expect(halves.filter(({ isSmall, isDivided }) => isDivided && !isSmall)).toEqual([])
    expect(new Set(halves.map(({ isDivided }) => isDivided))).toEqual(new Set([true, false]))
  })
})

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

const passes = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => `def test_${name}${n}(): pass\n`).join('')
const FILES = {
  'test_a.py': passes('a', 4),
  'test_b.py': passes('b', 3),
  'test_c.py': passes('c', 2),
  'test_d.py': passes('d', 1),
}

describe('a shard', () => {
  const run = async (files: Record<string, string>, inputs: Record<string, string>, packages = NEWEST) => {
    const folder = projectOf(files)
    const { tests, summary } = await runTests(folder, inputs, packages)
    const [junit = '', coverage = ''] = ['junit.xml', 'coverage.xml'].map(name => textOf(join(folder, name)))
    const measured = [...coverage.matchAll(/filename="([^"]*)"/g)].map(([, name]) => name)
    return { ...tests, told: summary.summary, passed: junit.match(/<testcase /g)?.length ?? 0, measured }
  }
  const SECOND = { shard: '2', shards: '2' }

  it('gets the longest files first, by their number of tests, and says what it got', async () => {
    const { status, log, told, measured } = await run(FILES, SECOND)
    expect(status).toBe(0)
    // Where coverage has no source, it lists all that runs; the plugin is not among it.
    expect(measured).toEqual(Object.keys(FILES))
    expect(log).toMatch(/^shard 2 of 2: 5 of 10 tests in 2 of 4 files$/m)
    expect(told).toContain('Shard 2 of 2: 5 of 10 tests in 2 of 4 files.')
  })

  it('gets them by their stored seconds, where a test that is not stored counts as the mean', async () => {
    const ofA = [0, 1, 2, 3].map(n => [`test_a.py::test_a${n}`, 1])
    const stored = { ...Object.fromEntries(ofA), 'test_d.py::test_d0': 60, 'gone.py::test_it': 900 }
    const inputs = { shard: '3', shards: '3' }
    const { log } = await run({ ...FILES, '.test_durations': JSON.stringify(stored) }, inputs)
    // The mean is 12.8: test_d has 60 seconds, test_b 38.4, test_c 25.6 and test_a 4, which goes to test_c.
    expect(log).toMatch(/^shard 3 of 3: 6 of 10 tests in 2 of 4 files$/m)
  })

  it.each([
    ['{', 'Expecting property name'],
    ['{"a": "long"}', 'a duration is not a number of seconds'],
  ])('refuses stored seconds such as %s, with the remedy', async (text, why) => {
    const { status, log } = await run({ ...FILES, '.test_durations': text }, SECOND)
    expect(status).not.toBe(0)
    expect(log).toContain(`.test_durations holds no durations of tests: ${why}`)
    expect(log).toContain('Write it anew by pytest --store-durations, or delete it.')
  })

  it.each([
    ['the newest', NEWEST],
    ['an old', OLDEST],
  ])('is run by several workers of %s pytest-xdist', async (_, packages) => {
    const { status, log, passed } = await run(FILES, { ...SECOND, arguments: '-n2' }, packages)
    expect(status).toBe(0)
    expect(log).toMatch(/^shard 2 of 2: 5 of 10 tests in 2 of 4 files$/m)
    expect(passed).toBe(5)
  })

  it.each(['', '-n2'])('without a test passes and says so (%s)', async workers => {
    const { status, log, told } = await run(
      { 'test_d.py': passes('d', 1) },
      { ...SECOND, arguments: workers },
    )
    expect(status).toBe(0)
    expect(log).toMatch(/^shard 2 of 2: 0 of 1 tests in 0 of 1 files$/m)
    expect(told).toContain('### Tests: ✅ no test is in this shard')
  })

  it.each(['-k nothing', '-k nothing\n-n2'])('fails where there are no tests at all (%j)', async chosen => {
    const { status, told } = await run(FILES, { ...SECOND, arguments: chosen.replace(' ', '\n') })
    expect(status).toBe(5)
    expect(told).toContain('❌ no result was written')
  })
})
