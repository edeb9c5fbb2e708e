import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { mergeReports } from '../../src/merge/merge-reports.ts'
import { exits, file, leg, linesOf } from './given.ts'

describe('reports as one', () => {
  it('have every file, sorted by path, and a file of one report as it is', () => {
    const only = file({ 1: true })
    const { files, disagreements } = mergeReports([
      leg('a.xml', { 'z.py': only }),
      leg('b.xml', { 'b.py': file({ 1: true }), 'B.py': file({ 2: false }) }),
    ])
    expect([...files.keys()]).toEqual(['B.py', 'b.py', 'z.py'])
    expect(files.get('z.py')).toBe(only)
    expect(disagreements).toEqual([])
  })

  it('have a line hit when one report has it hit', () => {
    const { files } = mergeReports([
      leg('a.xml', { 'a.py': file({ 1: true, 2: false, 7: false }) }),
      leg('b.xml', { 'a.py': file({ 1: false, 2: false, 7: true }) }),
    ])
    expect(linesOf(files.get('a.py') ?? file({}))).toEqual({ 1: true, 2: false, 7: true })
  })

  it('tell where only some have a statement, in the order of the lines', () => {
    const { files, disagreements } = mergeReports([
      leg('3.11/coverage.xml', { 'a.py': file({ 1: true, 9: true }) }),
      leg('3.12/coverage.xml', { 'a.py': file({ 1: true, 4: false }) }),
      leg('3.13/coverage.xml', { 'a.py': file({ 1: true, 4: true }) }),
      leg('other.xml', { 'b.py': file({ 1: true }) }),
    ])
    expect(linesOf(files.get('a.py') ?? file({}))).toEqual({ 1: true, 4: true, 9: true })
    expect(disagreements).toEqual([
      {
        path: 'a.py',
        line: 4,
        what: 'a statement in 3.12/coverage.xml, 3.13/coverage.xml, none in 3.11/coverage.xml',
      },
      {
        path: 'a.py',
        line: 9,
        what: 'a statement in 3.11/coverage.xml, none in 3.12/coverage.xml, 3.13/coverage.xml',
      },
    ])
  })

  it('tell where the exits of a line differ', () => {
    const { files, disagreements } = mergeReports([
      leg('a.xml', { 'a.py': file({ 1: true, 2: true, 3: true }, { 1: exits(3, '2'), 2: exits(2) }) }),
      leg('b.xml', { 'a.py': file({ 1: true, 2: true }, { 1: exits(2) }) }),
    ])
    expect(files.get('a.py')?.branches.get(1)).toEqual(exits(3, '2'))
    expect(disagreements).toEqual([
      { path: 'a.py', line: 1, what: '3 exits in a.xml, 2 exits in b.xml' },
      { path: 'a.py', line: 2, what: '2 exits in a.xml, no exits in b.xml' },
      { path: 'a.py', line: 3, what: 'a statement in a.xml, none in b.xml' },
    ])
  })

  it('take no branches for no disagreement in a report without any, and in the JSON of coverage.py', () => {
    const withBranches = leg('a.xml', { 'a.py': file({ 1: true, 2: true }, { 1: exits(2), 2: exits(2) }) })
    const without = leg('b.xml', { 'a.py': file({ 1: true, 2: true }) })
    const json = leg('c.json', { 'a.py': file({ 1: true, 2: true }, { 1: exits(2) }) }, 'coveragepy-json')
    expect(mergeReports([withBranches, without, json]).disagreements).toEqual([])
  })

  const lines = fc.dictionary(fc.integer({ min: 1, max: 40 }).map(String), fc.boolean())
  const reports = fc
    .array(fc.dictionary(fc.constantFrom('a.py', 'b.py', 'c/d.py'), lines), { minLength: 1, maxLength: 4 })
    .map(all =>
      all.map((files, index) =>
        leg(`${index}`, Object.fromEntries(Object.entries(files).map(([path, each]) => [path, file(each)]))),
      ),
    )
  const shown = (all: Parameters<typeof mergeReports>[0]) => {
    return [...mergeReports(all).files].map(([path, each]) => [path, linesOf(each)])
  }

  it('hold a line of any report, hit when any has it hit', () => {
    fc.assert(
      fc.property(reports, all => {
        const expected: Record<string, Record<number, boolean>> = {}
        for (const { files } of all) {
          for (const [path, each] of files) {
            expected[path] ??= {}
            for (const [line, hit] of Object.entries(linesOf(each))) {
              expected[path][Number(line)] = hit || (expected[path][Number(line)] ?? false)
            }
          }
        }
        expect(Object.fromEntries(shown(all))).toEqual(expected)
      }),
    )
  })

  it('come out the same in any order, and when a report counts twice', () => {
    fc.assert(
      fc.property(reports, all => {
        expect(shown([...all].reverse())).toEqual(shown(all))
        expect(shown([...all, ...all])).toEqual(shown(all))
      }),
    )
  })
})
