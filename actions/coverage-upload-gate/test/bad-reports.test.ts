import { mkdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, it } from '@jest/globals'
import type { Job } from './coverage-job.ts'
import { expectFailure, reportOf, type Wrong } from './wrong.ts'

const replaced = (from: string | RegExp, to: string) => (it: Job) =>
  it.write({ 'coverage.xml': reportOf(it).replace(from, to) })

/** What can be wrong with a report file. Nothing of it may pass, and each tells what to do. */
const ROWS: readonly Wrong[] = [
  {
    name: 'a report that is cut off',
    given: it => it.write({ 'coverage.xml': reportOf(it).split('</lines>')[0] ?? '' }),
    says: [
      /^coverage\.xml is cut off: unclosed tag <lines> at line \d+\. The test step was probably killed; nothing was gated or uploaded\.$/,
    ],
  },
  {
    name: 'an empty report',
    given: it => it.write({ 'coverage.xml': '' }),
    says: [/coverage\.xml is empty/],
  },
  {
    name: 'a page of HTML in place of a report',
    given: it => it.write({ 'coverage.xml': '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>' }),
    says: [/coverage\.xml/],
  },
  {
    name: 'a report with entities',
    given: replaced(
      '<?xml version="1.0" ?>',
      '<?xml version="1.0" ?>\n<!DOCTYPE coverage [<!ENTITY a "aaaa">]>',
    ),
    says: ['coverage.xml has a DTD with entity declarations (line 2). Refused for safety.'],
  },
  {
    name: 'tags within tags within tags',
    given: it => it.write({ 'coverage.xml': `<coverage>${'<a>'.repeat(100_000)}` }),
    says: [/coverage\.xml .*64/],
  },
  {
    name: 'a line number that no file has',
    given: replaced('number="4"', 'number="4000000000"'),
    says: [/coverage\.xml .*4000000000/],
  },
  {
    name: 'a report that is compressed',
    given: it => it.write({ 'coverage.xml': gzipSync(reportOf(it)) }),
    says: [/coverage\.xml .*gzip/],
  },
  {
    name: 'a report above the size limit',
    given: it => {
      it.write({ 'coverage.xml': reportOf(it) })
      truncateSync(join(it.repository.path, 'coverage.xml'), 1024 * 1024 + 1)
    },
    inputs: { 'max-report-size': '1' },
    says: [/coverage\.xml .*max-report-size/],
  },
  {
    name: 'a folder in place of a report',
    given: it => mkdirSync(join(it.repository.path, 'reports')),
    inputs: { files: 'reports' },
    says: [/^No coverage report matched "reports"/],
  },
  {
    name: 'a report without files',
    given: it => it.write({ 'coverage.xml': reportOf(it, {}) }),
    says: [/coverage\.xml/],
  },
  {
    name: 'another format than the one that was named',
    inputs: { format: 'lcov' },
    says: [/coverage\.xml is XML, which cannot be read as lcov\. Set format: auto\./],
  },
  {
    name: 'lcov whose last record does not end',
    given: it => it.write({ 'reports/lcov.info': 'SF:shop/a.py\nDA:1,1\n' }),
    inputs: { files: 'reports/lcov.info' },
    says: [/reports\/lcov\.info is cut off/],
  },
  {
    name: 'coverage.py JSON that is cut off',
    given: it => it.write({ 'reports/coverage.json': '{"meta": {"format": 3}, "files": {"a.py": {' }),
    inputs: { files: 'reports/coverage.json' },
    says: [/reports\/coverage\.json is cut off/],
  },
]

describe('a report that is none, or broken, or hostile, fails the step', () => {
  it.each(ROWS.map(row => [row.name, row] as const))('%s', (_name, row) => expectFailure(row))
})
