import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { readReport } from '../../src/read/read-report.ts'
import { plainFiles, readText, refusal } from './plain.ts'
import { GOOD, REFUSED, withClass } from './refused-reports.ts'

describe('what is not a whole, harmless report', () => {
  it.each(REFUSED)('%s is refused', async (_, content, message) => {
    expect(await refusal('coverage.xml', content)).toBe(`coverage.xml ${message}`)
  })

  it('is refused as cut off wherever it ends', async () => {
    for (let length = 1; length < GOOD.trimEnd().length; length++) {
      expect([length, await refusal('coverage.xml', GOOD.slice(0, length))]).toEqual([
        length,
        expect.stringMatching(
          /^coverage\.xml is cut off: .* at line \d+\. The test step was probably killed/,
        ),
      ])
    }
  })
})

describe('files that cannot be read', () => {
  it('are refused when they are larger than allowed', async () => {
    expect(await refusal('coverage.xml', GOOD, { maxBytes: 100 })).toBe(
      'coverage.xml has 273 bytes, more than the 100 bytes that are read. Leave generated or third-party code out of the report, or raise max-report-size.',
    )
    await expect(readText('coverage.xml', GOOD, { maxBytes: GOOD.length })).resolves.toBeDefined()
  })

  it('are refused when they are none', async () => {
    const folder = tempDir('no-report-')
    mkdirSync(join(folder, 'folder'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const reading = (name: string) =>
      readReport(join(folder, name), { shownAs: name, format: 'auto' }).catch((error: Error) => error.message)
    expect(await reading('gone')).toMatch(/^gone cannot be opened \(ENOENT: .*\)\. Check files:\.$/)
    expect(await reading('folder')).toBe('folder is no file. Give files: the report itself.')
    expect(await reading('pipe')).toBe('pipe is no file. Give files: the report itself.')
  })
})

describe('the input format', () => {
  const JSON_REPORT = '{"meta": {"format": 3}, "files": {}, "totals": {}}'
  it.each([
    ['lcov', GOOD, 'coverage.xml is XML, which cannot be read as lcov. Set format: auto.'],
    [
      'cobertura',
      'mode: set\n',
      'coverage.xml is a Go cover profile, which cannot be read as cobertura. Set format: auto.',
    ],
    ['go', 'TN:\n', 'coverage.xml is lcov, which cannot be read as go. Set format: auto.'],
    ['jacoco', JSON_REPORT, 'coverage.xml is JSON, which cannot be read as jacoco. Set format: auto.'],
    ['clover', GOOD, 'coverage.xml holds cobertura, not clover. Set format: cobertura or auto.'],
    [
      'jacoco',
      '<coverage generated="1"/>',
      'coverage.xml holds clover, not jacoco. Set format: clover or auto.',
    ],
  ] as const)('%s is refused for another one', async (format, content, message) => {
    expect(await refusal('coverage.xml', content, { format })).toBe(message)
  })

  it('takes the format that the report has', async () => {
    expect((await readText('coverage.xml', GOOD, { format: 'cobertura' })).format).toBe('cobertura')
  })
})

describe('what looks odd and is harmless', () => {
  const FILE = { lines: ['1 hit'], branches: [] }
  it.each([
    ['a byte order mark', `\uFEFF${GOOD}`],
    [
      'a DOCTYPE that names a DTD, with a bracket in its name',
      GOOD.replace('?>\n', '?>\n<!DOCTYPE coverage SYSTEM "a[b].dtd">\n'),
    ],
    ['CRLF', GOOD.replaceAll('\n', '\r\n')],
    ['a long, short comment', GOOD.replace('?>\n', `?>\n<!-- ${'x'.repeat(500_000)} -->\n`)],
    ['no line end at the end', GOOD.trimEnd()],
    [
      '64 elements in each other',
      GOOD.replace('<packages>', `${'<a>'.repeat(63)}${'</a>'.repeat(63)}<packages>`),
    ],
    ['an attribute of 64 KiB', withClass(`name="${'x'.repeat(65_536)}"`)],
    ['blanks before the report', `\n\n${GOOD.replace(/^.*\n/, '')}`],
  ])('%s is read', async (_, content) => {
    expect(plainFiles(await readText('coverage.xml', content))).toEqual({ 'a.py': FILE })
  })

  it.each([
    ['lcov', 'SF:a.py\nDA:1,1\nend_of_record\n'],
    ['go', 'mode: set\na.py:1.1,1.2 1 1\n'],
    [
      'coveragepy-json',
      '{"meta":{"format":3},"files":{"a.py":{"executed_lines":[1],"missing_lines":[],"summary":{"covered_lines":1,"missing_lines":0}}},"totals":{"num_statements":1,"covered_lines":1}}',
    ],
  ])('a byte order mark before %s is read', async (format, content) => {
    const report = await readText('report', `\uFEFF${content}`)
    expect(report.format).toBe(format)
    expect(plainFiles(report)).toEqual({ 'a.py': FILE })
  })

  it.each(['__proto__', 'constructor', 'toString', '../../etc/passwd', 'a\u00a0b'])(
    'a file called %j is one',
    async name => {
      const xml = GOOD.replace('filename="a.py"', `filename="${name}"`)
      const lcov = `SF:${name}\nDA:1,1\nend_of_record\n`
      const json = `{"meta":{"format":3},"files":{${JSON.stringify(name)}:{"executed_lines":[1],"missing_lines":[],"summary":{"covered_lines":1,"missing_lines":0}}},"totals":{"num_statements":1,"covered_lines":1}}`
      for (const text of [xml, lcov, json, `mode: set\n${name}:1.1,1.2 1 1\n`]) {
        expect([...(await readText('report', text)).files.keys()]).toEqual([name])
      }
      expect({}).not.toHaveProperty('lines')
    },
  )
})
