import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import fc from 'fast-check'
import { writeCoberturaReport } from '../../../tools/src/bench/coverage-report.ts'
import { readReport } from '../../src/read/read-report.ts'
import { type PlainFile, plainFiles, readText, totalsOf } from './plain.ts'

interface Line {
  readonly number: number
  readonly hit: boolean
  readonly missing: readonly string[]
  readonly taken: number
}

const exitName = fc.oneof(fc.constant('exit'), fc.integer({ min: 1, max: 10_000_000 }).map(String))
const line: fc.Arbitrary<Line> = fc.record({
  number: fc.integer({ min: 1, max: 10_000_000 }),
  hit: fc.boolean(),
  missing: fc.array(exitName, { maxLength: 3 }),
  taken: fc.nat({ max: 3 }),
})
const lines = fc.uniqueArray(line, { selector: ({ number }) => number, maxLength: 20 })
const files = fc.dictionary(fc.stringMatching(/^[a-zé漢😀/._-]{1,30}$/u), lines, { minKeys: 1, maxKeys: 6 })

/** What any reader has to make of the lines of a file. */
function expected(lines: readonly Line[]): PlainFile {
  const sorted = [...lines].sort((a, b) => a.number - b.number)
  return {
    lines: sorted.map(({ number, hit }) => `${number} ${hit ? 'hit' : 'missed'}`),
    branches: sorted
      .filter(({ missing, taken }) => missing.length + taken > 0)
      .map(({ number, missing, taken }) => [number, { exits: missing.length + taken, taken, missing }]),
  }
}

function cobertura(files: Readonly<Record<string, readonly Line[]>>, comment = ''): string {
  const classes = Object.entries(files).map(([name, lines]) => {
    const elements = lines.map(({ number, hit, missing, taken }) => {
      const exits = missing.length + taken
      const branch = exits > 0 ? ` branch="true" condition-coverage="0% (${taken}/${exits})"` : ''
      const names = missing.length > 0 ? ` missing-branches="${missing.join(',')}"` : ''
      return `<line number="${number}" hits="${Number(hit)}"${branch}${names}/>`
    })
    return `<class filename="${name}"><lines>${elements.join('')}</lines></class>`
  })
  return `<coverage><!--${comment}--><packages>${classes.join('')}</packages></coverage>`
}

describe('any report', () => {
  it('is read as what was written, in whatever order its lines are', async () => {
    await fc.assert(
      fc.asyncProperty(files, async files => {
        const read = plainFiles(await readText('coverage.xml', cobertura(files)))
        expect(read).toEqual(
          Object.fromEntries(Object.entries(files).map(([name, lines]) => [name, expected(lines)])),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('is read the same wherever the pieces in which it is read end', async () => {
    const files = { '漢字/😀é.py': [{ number: 1, hit: true, missing: ['exit', '7'], taken: 1 }] }
    const size = Buffer.byteLength(cobertura(files))
    const read = plainFiles(await readText('coverage.xml', cobertura(files)))
    for (let length = 65_536 - size; length <= 65_536; length++) {
      const padded = cobertura(files, ' '.repeat(length))
      expect([length, plainFiles(await readText('coverage.xml', padded))]).toEqual([length, read])
    }
  })

  it('of lcov is read the same wherever the pieces end', async () => {
    const record = 'SF:漢字/😀é.py\r\nDA:1,1\r\nDA:22,0\r\nBRDA:1,0,jump to line 22,0\r\nend_of_record\r\n'
    const read = plainFiles(await readText('lcov.info', record))
    for (let length = 65_536 - Buffer.byteLength(record) - 3; length <= 65_536; length++) {
      const padded = `#${' '.repeat(length)}`.replace(/ {1000}/g, `${' '.repeat(998)}\n#`)
      expect([length, plainFiles(await readText('lcov.info', `${padded}\n${record}`))]).toEqual([
        length,
        read,
      ])
    }
  })

  it('of any bytes is read or refused as a user error, never a bug', async () => {
    const start = fc.constantFrom(
      '',
      '<coverage>',
      '<report>',
      '{"meta":{}',
      'TN:\n',
      'mode: set\n',
      '\uFEFF<',
    )
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (start, bytes) => {
        await readText('report', Buffer.concat([Buffer.from(start), bytes])).catch(error =>
          expect(error).toMatchObject({ name: 'UserError' }),
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('the report of the bench', () => {
  it('has the size that was asked for, and is read as what its generator counted', async () => {
    const path = join(tempDir('large-'), 'coverage.xml')
    const { bytes, files, ...counted } = await writeCoberturaReport(path, 1_000_000)
    expect(statSync(path).size).toBe(bytes)
    expect(bytes / 1_000_000).toBeCloseTo(1, 0)
    const report = await readReport(path, { shownAs: 'coverage.xml', format: 'auto' })
    expect(report.files.size).toBe(files)
    expect(totalsOf(report)).toEqual(counted)
    expect(report.declared).toEqual(counted)
    const withBranches = [...report.files.values()].reduce((sum, { branches }) => sum + branches.size, 0)
    expect(withBranches / counted.statements).toBeCloseTo(0.2)
  })
})
