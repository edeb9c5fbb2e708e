import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { ratioOf } from '../../src/model/totals.ts'
import {
  BRANCHES,
  COVERAGE_FORMAT_2,
  type CoveragePyRun,
  coveragePyReports,
  coveragePyRun,
} from './coveragepy-run.ts'
import { plainFiles, totalsOf } from './plain.ts'
import { PROGRAM } from './programs.ts'

describe('the reports of one run of coverage.py', () => {
  let run: CoveragePyRun
  beforeAll(async () => {
    run = await coveragePyRun(PROGRAM)
  })

  it('read as the same statements and branches from XML, JSON and lcov', () => {
    expect(plainFiles(run.json)).toEqual(plainFiles(run.xml))
    expect(plainFiles(run.lcov)).toEqual(plainFiles(run.xml))
  })

  it('hold what was executed, with the exits that were not taken by name', () => {
    const file = plainFiles(run.xml)['shop/exits.py']
    expect(file?.lines).toContain('6 hit')
    expect(file?.lines).toContain('12 missed')
    expect(file?.branches).toContainEqual([6, { exits: 2, taken: 1, missing: ['12'] }])
    expect(file?.branches).toContainEqual([48, { exits: 2, taken: 1, missing: ['exit'] }])
    expect(file?.branches).toContainEqual([52, { exits: 2, taken: 0, missing: ['exit', '53'] }])
  })

  it('have no statement in an excluded line, a comment or the further lines of a statement', () => {
    const exits = run.json.files.get('shop/exits.py')
    expect([8, 10, 13, 14, 1].map(line => exits?.stateOf(line))).toEqual(Array(5).fill(undefined))
  })

  it('say in their own totals what their lines add up to', () => {
    expect(totalsOf(run.xml)).toEqual(run.xml.declared)
    expect(totalsOf(run.json)).toEqual(run.json.declared)
    expect(run.json.declared).toEqual(run.xml.declared)
  })

  it('give the percentage that coverage report prints', () => {
    const { covered, valid } = ratioOf(totalsOf(run.lcov))
    const [, percent] = /^TOTAL.* (\d+)%$/m.exec(run.printed) ?? []
    expect(Math.round((100 * covered) / valid)).toBe(Number(percent))
  })

  it('tell who wrote them, when, and the folder that names are relative to', () => {
    for (const { writer, writtenAt = 0 } of [run.xml, run.json]) {
      expect(writer).toBe('coverage.py 7.17.3')
      expect(Math.abs(Date.now() - writtenAt)).toBeLessThan(10 * 60_000)
    }
    expect(run.xml.sources).toEqual([run.folder])
    expect([run.xml.format, run.json.format, run.lcov.format]).toEqual([
      'cobertura',
      'coveragepy-json',
      'lcov',
    ])
  })

  it('keep a file without statements as one', () => {
    expect(run.xml.files.get('shop/quiet.py')?.lines).toHaveLength(0)
  })
})

describe('lines with "pragma: no branch"', () => {
  it('have the same exits in JSON and lcov as in XML, although the arcs that are never taken are left out', async () => {
    const program = `def f(x):
    if x:  # pragma: no branch
        x = 1
    while x:  # pragma: no branch
        x -= 1
    if x:
        x = 2

f(2)
`
    const { xml, json, lcov } = await coveragePyRun({ 'main.py': program })
    expect(plainFiles(xml)['main.py']?.branches).toEqual([
      [2, { exits: 2, taken: 2, missing: [] }],
      [4, { exits: 2, taken: 2, missing: [] }],
      [6, { exits: 2, taken: 1, missing: ['7'] }],
    ])
    expect(plainFiles(json)).toEqual(plainFiles(xml))
    expect(plainFiles(lcov)).toEqual(plainFiles(xml))
  })

  it('that never ran are in the totals of the JSON, though it does not say which they are', async () => {
    const program = 'def f(x):\n    if x:  # pragma: no branch\n        x = 1\n'
    const { xml, json } = await coveragePyRun({ 'main.py': program })
    expect(totalsOf(xml)).toMatchObject({ exits: 2, taken: 2 })
    expect(json.declared).toEqual(xml.declared)
    expect(totalsOf(json)).toMatchObject({ exits: 0, taken: 0 })
  })
})

describe('coverage.py without branches', () => {
  it('reads the same from all three', async () => {
    const { xml, json, lcov } = await coveragePyRun(PROGRAM, { config: '[run]\nbranch = false\n' })
    expect(plainFiles(json)).toEqual(plainFiles(xml))
    expect(plainFiles(lcov)).toEqual(plainFiles(xml))
    expect(totalsOf(xml)).toMatchObject({ exits: 0, taken: 0 })
    expect(json.declared).toEqual(xml.declared)
  })
})

describe('coverage.py 7.5', () => {
  const { read } = coveragePyReports(PROGRAM, { version: COVERAGE_FORMAT_2 })
  const plainProgram = { 'main.py': 'def f(x):\n    if x:\n        return 1\n\nf(0)\n' }

  it('reads the same from XML and format 2 of the JSON', async () => {
    const run = coveragePyReports(plainProgram, { version: COVERAGE_FORMAT_2 })
    const [xml, json] = [await run.read('coverage.xml'), await run.read('coverage.json')]
    expect(readFileSync(join(run.folder, 'coverage.json'), 'utf8')).toContain('"format": 2')
    expect(plainFiles(json)).toEqual(plainFiles(xml))
    expect(json.declared).toEqual(xml.declared)
  })

  it('has a JSON that is refused where it lists docstrings as executed lines', async () => {
    expect(totalsOf(await read('coverage.xml')).statements).toBeGreaterThan(0)
    await expect(read('coverage.json')).rejects.toThrow(
      'coverage.json lists 21 lines executed in files["shop/exits.py"], but counts 19: coverage.py before 7.13.1',
    )
  })

  it('has an lcov that is refused, since it puts a branch on the line that it leads to', async () => {
    await expect(read('coverage.lcov')).rejects.toThrow(
      /^coverage\.lcov has branches on line 0 \(line \d+\), as coverage\.py before 7\.6 writes them: .* Give coverage\.xml/,
    )
  })
})

describe('two source roots with files of the same name', () => {
  const files = {
    'main.py': 'import sys\nsys.path += ["one", "two"]\nimport a\nimport b\n',
    'one/a/__init__.py': 'x = 1\n',
    'one/a/models.py': 'x = 1\ny = 2\n',
    'two/b/__init__.py': 'x = 1\n',
    'two/b/models.py': 'x = 1\n',
    'one/same.py': 'x = 1\ny = 2\nz = 3\n',
    'two/same.py': 'x = 1\n',
  }

  it('show as totals of the XML that its lines do not reach, and are both in the JSON', async () => {
    const { xml, json } = await coveragePyRun(files, { config: `${BRANCHES}source =\n  one\n  two\n` })
    expect(xml.sources.map(source => source.split('/').at(-1))).toEqual(['one', 'two'])
    expect(xml.declared).toEqual(json.declared)
    expect(json.files.size).toBe(6)
    expect(xml.files.size).toBe(5)
    expect(totalsOf(json).statements).toBe(json.declared?.statements)
    expect(totalsOf(xml).statements).toBeLessThan(xml.declared?.statements ?? 0)
  })
})

describe('names that need care in XML', () => {
  it('come out as the file system has them', async () => {
    const name = 'odd <&"é\'>.py'
    const main = `exec(compile(open(${JSON.stringify(name)}).read(), ${JSON.stringify(name)}, "exec"))\n`
    const run = await coveragePyRun({ 'main.py': main, [name]: 'x = 1\n' })
    expect(readFileSync(join(run.folder, 'coverage.xml'), 'utf8')).toContain('odd &lt;&amp;&quot;é')
    for (const report of [run.xml, run.json, run.lcov]) expect([...report.files.keys()]).toContain(name)
  })
})
