import { describe, expect, it } from '@jest/globals'
import { plainFiles, readText, refusal } from './plain.ts'

const record = (file: string, ...lines: string[]) =>
  ['TN:', `SF:${file}`, ...lines, 'end_of_record', ''].join('\n')
const filesOf = async (text: string) => plainFiles(await readText('lcov.info', text))

describe('lcov', () => {
  it('is read as istanbul writes it: several branches on a line, and hits above 1', async () => {
    const text = record(
      'src/App.tsx',
      'FN:3,(anonymous_0)',
      'FNF:1',
      'FNDA:4,(anonymous_0)',
      'DA:3,4',
      'DA:5,0',
      'LF:2',
      'LH:1',
      'BRDA:3,0,0,4',
      'BRDA:3,0,1,0',
      'BRDA:9,2,0,1',
      'BRDA:3,1,0,0',
      'BRDA:3,1,1,-',
      'BRF:5',
      'BRH:2',
    )
    expect(await filesOf(text)).toEqual({
      'src/App.tsx': {
        lines: ['3 hit', '5 missed'],
        branches: [
          [3, { exits: 4, taken: 1 }],
          [9, { exits: 1, taken: 1, missing: [] }],
        ],
      },
    })
  })

  it('is read as lcov 2 writes it: checksums, ends of functions, exceptional branches, comments, CRLF', async () => {
    const text = `# a comment\n${record(
      'a.c',
      'VER:abc',
      'FN:1,9,main',
      'FNL:0,1,9',
      'FNA:0,1,main',
      'DA:1,1,yAb3/+x',
      'DA:2,0,q',
      'BRDA:1,e0,a < b, or so,1',
      'BRDA:1,e0,0,0',
      'MCDC:1,2,t,1,0,x',
    )}`.replaceAll('\n', '\r\n')
    expect(await filesOf(text)).toEqual({
      'a.c': { lines: ['1 hit', '2 missed'], branches: [[1, { exits: 2, taken: 1 }]] },
    })
  })

  it('unites the records of one file exit by exit: what two tests took of one branch is both', async () => {
    const first = record('a.c', 'DA:1,1', 'DA:2,0', 'BRDA:1,0,0,1', 'BRDA:1,0,1,0', 'BRDA:1,0,2,0')
    const second = record('a.c', 'DA:2,1', 'DA:3,0', 'BRDA:1,0,0,0', 'BRDA:1,0,1,5', 'BRDA:1,0,2,0')
    expect(await filesOf(first + record('b.c', 'DA:1,1') + second)).toEqual({
      'a.c': { lines: ['1 hit', '2 hit', '3 missed'], branches: [[1, { exits: 3, taken: 2 }]] },
      'b.c': { lines: ['1 hit'], branches: [] },
    })
  })

  it('understands what coverage.py calls an exit', async () => {
    const text = record(
      'a.py',
      'DA:1,1',
      'BRDA:1,0,jump to line 22,0',
      "BRDA:1,0,return from function 'a,b',0",
      'BRDA:1,0,exit the module,0',
      'BRDA:1,0,jump to line 9,1',
    )
    expect((await filesOf(text))['a.py']?.branches).toEqual([
      [1, { exits: 4, taken: 1, missing: ['exit', 'exit', '22'] }],
    ])
  })

  it("takes a second exit from BRF for coverage.py's lines alone, and in the record of that BRF alone", async () => {
    const text =
      record('a.ts', 'DA:1,1', 'BRDA:1,0,0,1', 'BRF:2') +
      record('a.py', 'DA:1,1', 'BRDA:1,0,jump to line 3,1', 'BRDA:2,0,jump to line 3,1', 'BRF:3') +
      record('b.py', 'DA:1,1', 'BRDA:1,0,jump to line 3,1')
    const files = await filesOf(text)
    expect(
      Object.values(files).map(({ branches }) => branches.map(([, { exits, taken }]) => [exits, taken])),
    ).toEqual([
      [[1, 1]],
      [
        [2, 2],
        [1, 1],
      ],
      [[1, 1]],
    ])
  })

  it('is told by its content when no test is named in its first line', async () => {
    expect(Object.keys(await filesOf('SF:a.c\nDA:1,1\nend_of_record'))).toEqual(['a.c'])
  })
})

describe('lcov that is damaged', () => {
  it.each([
    [
      'SF:a.c\nDA:1,1\nLF:1\n',
      'lcov.info is cut off: the record of "a.c" (line 1) has no end_of_record at line 3. The test step was probably killed; nothing was gated or uploaded.',
    ],
    ['SF:a.c\nDA:1,1\nDA:2', 'line 3: "DA:2" has no line number'],
    ['SF:a.c\nDA:0,1\nend_of_record', 'line 2: "DA:0,1" has no line number (whole, 1 to 10000000)'],
    ['SF:a.c\nDA:99999999999,1\nend_of_record', 'has no line number'],
    ['SF:a.c\nDA:1,-4\nend_of_record', 'line 2: "DA:1,-4" has a count that is no whole number'],
    ['SF:a.c\nDA:1,\nend_of_record', 'has a count that is no whole number'],
    ['SF:a.c\nBRDA:1,0\nend_of_record', 'line 2: "BRDA:1,0" has too few fields'],
    ['SF:a.c\nSF:b.c\nend_of_record', 'line 2: SF before the end_of_record of the record before it'],
    ['TN:\nDA:1,1\n', 'line 2: "DA:1,1" outside of a record'],
    ['TN:\nend_of_record\n', 'line 2: end_of_record without SF'],
    ['SF:\nend_of_record\n', 'line 1: SF without a file'],
    ['SF:a.c\n<html>\nend_of_record\n', 'line 2: "<html>" is no record of lcov'],
    ['TN:\n\n', 'lcov.info lists no files'],
    [
      `SF:${'x'.repeat(200_000)}\nend_of_record\n`,
      'lcov.info has a line of more than 64 KiB (line 1). Refused for safety.',
    ],
  ])('refuses %j', async (text, what) => {
    expect(await refusal('lcov.info', text)).toContain(what)
  })
})
