import { mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { coberturaXml, errors, type Job, job } from './coverage-job.ts'

interface Row {
  readonly name: string
  /** Prepares the checkout; a report of shop/a.py with 3 of 4 lines is there already. */
  readonly given?: (job: Job) => void
  readonly inputs?: Readonly<Record<string, string>>
  /** Each is a part of an error annotation. */
  readonly says: readonly (string | RegExp)[]
  /** Whether there was something to judge, and so a total. */
  readonly total?: string
}

const A = { 'a.py': { hit: [1, 2, 3], missed: [4] } }
const SOURCE = { 'shop/a.py': 'a = 1\nb = 2\nc = 3\nd = 4\n' }
const reportOf = ({ repository }: Job, files: Parameters<typeof coberturaXml>[1] = A) =>
  coberturaXml(join(repository.path, 'shop'), files)
const replaced = (from: string | RegExp, to: string) => (it: Job) =>
  it.write({ 'coverage.xml': reportOf(it).replace(from, to) })

/** What can be wrong with the reports, the inputs and the checkout. Nothing of it may pass, and each tells what to do. */
const ROWS: readonly Row[] = [
  {
    name: 'no report',
    inputs: { files: 'other.xml' },
    says: [
      /^No coverage report matched "other\.xml" in \S+ \(0 files\)\. Run pytest with --cov --cov-report=xml before this step, or set files:\.$/,
    ],
  },
  {
    name: 'a pattern that matches nothing',
    inputs: { files: 'reports/*/coverage.xml' },
    says: [/^No coverage report matched "reports\/\*\/coverage\.xml" in \S+ \(0 files\)/],
  },
  {
    name: 'fewer reports than legs',
    given: it => {
      for (const leg of ['3.11', '3.12'])
        it.write({ [`reports/test-results-${leg}/coverage.xml`]: reportOf(it) })
      mkdirSync(join(it.repository.path, 'reports', 'test-results-3.13'))
    },
    inputs: { files: 'reports/*/coverage.xml', 'expect-reports': '3' },
    says: ['expect-reports is 3 but 2 were found (missing leg: 3.13?).'],
  },
  {
    name: 'more reports than legs',
    given: it => {
      for (const leg of ['a', 'b']) it.write({ [`reports/${leg}/coverage.xml`]: reportOf(it) })
    },
    inputs: { files: 'reports/*/coverage.xml', 'expect-reports': '1' },
    says: ['expect-reports is 1 but 2 were found: reports/a/coverage.xml, reports/b/coverage.xml.'],
  },
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
  {
    name: 'paths of another project',
    given: it =>
      it.write({
        'coverage.xml': coberturaXml('/build/tokenledger', { 'x.py': { hit: [1] }, 'y.py': { hit: [1] } }),
      }),
    says: [
      'None of 2 report paths exists in the repository (first: "x.py"; sources: /build/tokenledger). Set path-map: "/build => ."',
    ],
    total: '100',
  },
  {
    name: 'a path that fits two files',
    given: it => {
      it.repository.commit({ 'b/models.py': 'a = 1\n', 'a/models.py': 'a = 1\n' })
      const sources = `<source>${join(it.repository.path, 'a')}</source>\n<source>${join(it.repository.path, 'b')}</source>`
      const xml = coberturaXml('ROOT', { 'models.py': { hit: [1] } })
      it.write({ 'coverage.xml': xml.replace('<source>ROOT</source>', sources) })
    },
    says: ['"models.py" fits 2 tracked files (a/models.py, b/models.py); set path-map.'],
    total: '100',
  },
  {
    name: 'XML that has lost files',
    given: it => it.write({ 'coverage.xml': reportOf(it).replace('lines-valid="4"', 'lines-valid="40"') }),
    says: [/^coverage\.xml lists 1 file with 4 lines, but its own totals say 40 lines\./],
    total: '7.5',
  },
  {
    name: 'a total below the gate that rounding would let pass',
    given: it =>
      it.write({
        'coverage.xml': coberturaXml(join(it.repository.path, 'shop'), {
          'a.py': {
            hit: Array.from({ length: 896 }, (_, n) => n + 1),
            missed: Array.from({ length: 104 }, (_, n) => n + 897),
          },
        }),
      }),
    inputs: { 'min-total': '90', precision: '0' },
    says: [
      'Total coverage 89.6% (896 of 1000) is below min-total 90%. "coverage report" prints 90% because it rounds; 4 more covered lines or branches are needed.',
    ],
    total: '89.6',
  },
  {
    name: 'changed lines that are not covered',
    given: it => {
      it.repository.git('reset', '--hard', '--quiet', 'HEAD~1')
      it.write({ 'shop/a.py': 'a = 1\nb = 2\nc = 3\nd = 5\n' })
      it.repository.git('commit', '--quiet', '--all', '--message', 'a change', '--allow-empty')
    },
    inputs: { 'min-patch': '80', 'patch-base': 'HEAD~1' },
    says: [
      'Changed lines: 0% (0 of 1) is below min-patch 80%. Not covered: shop/a.py 4. Cover at least 1 more.',
    ],
    total: '75',
  },
  {
    name: 'a base for the changes that is nowhere',
    inputs: { 'min-patch': '80', 'patch-base': 'no-such-branch', 'github-token': '' },
    says: [/no-such-branch/, /^min-patch cannot be judged: the changed lines of this run are not known\./],
    total: '75',
  },
  {
    name: 'a drop against a base that is not there',
    inputs: { 'max-drop': '1', 'base-report': 'reports/base.xml' },
    says: [
      /^max-drop cannot be judged: there is no base report\. Set base-report:, or leave max-drop out\.$/,
    ],
    total: '75',
  },
  {
    name: 'a drop that is too large',
    given: it => it.write({ 'reports/base.xml': reportOf(it, { 'a.py': { hit: [1, 2, 3, 4] } }) }),
    inputs: { 'max-drop': '1', 'base-report': 'reports/base.xml' },
    says: [/^Total coverage fell from 100% \(4 of 4\) to 75% \(3 of 4\)\. .* more than max-drop 1%\./],
    total: '75',
  },
  {
    name: 'inputs with typing errors, all at once',
    inputs: {
      'min-total': '9O',
      'fail-on': 'gates',
      upload: 'yes',
      'path-map': '/build',
      'upload-timeout': '120',
      precision: '9',
    },
    says: [
      'Input min-total is "9O", which is no percentage. Give a number from 0 to 100, such as 90 or 89.5.',
      'Input fail-on has "gates"; allowed: gate, upload, unresolved, or none alone.',
      'Input upload is "yes"; allowed: auto, required, off.',
      'path-map line "/build" is not of the form "from => to". Write for example "/build => .".',
      'Input upload-timeout is "120"; give a duration with its unit, such as 250ms, 60s, 5m, 1h.',
      'Input precision is "9"; give a whole number from 0 to 6.',
    ],
  },
  {
    name: 'a folder that is no checkout',
    given: it => rmSync(join(it.repository.path, '.git'), { recursive: true }),
    says: [/^The files of the repository cannot be listed in .* Run actions\/checkout before this step\.$/],
  },
  {
    name: 'oidc without the permission for it',
    inputs: { oidc: 'on', upload: 'auto' },
    says: [/^Input oidc is "on", but this job cannot get an OIDC token\. Add permissions: id-token: write/],
  },
  {
    name: 'an address of Codecov with a password in it',
    inputs: { 'codecov-url': 'https://me:hunter2@codecov.example.com' },
    says: [/^Input codecov-url is https:\/\/codecov\.example\.com\/?; give an address/],
  },
]

describe('a run that cannot be right fails, says why, and leaves the verdict in outputs and summary', () => {
  it.each(ROWS.map(row => [row.name, row] as const))('%s', async (_name, row) => {
    const it = job(SOURCE)
    it.write({ 'coverage.xml': reportOf(it) })
    row.given?.(it)
    const run = await it.run({ upload: 'off', ...row.inputs })
    const said = errors(run)
    for (const text of row.says) {
      expect(said).toContainEqual(
        typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
      )
    }
    expect(run.exitCode).toBe(1)
    expect(run.outputs.gate).toBe('fail')
    expect(run.outputs.reason).toBe(said.join('\n'))
    expect(run.summary).toMatch(/^### ❌ Coverage/)
    expect(run.outputs.total).toBe(row.total ?? '')
    expect(run.stdout).not.toMatch(/bug in the action|hunter2/)
  })

  it('a report that is a link to itself', async () => {
    const it = job(SOURCE)
    symlinkSync('coverage.xml', join(it.repository.path, 'coverage.xml'))
    const run = await it.run({ upload: 'off' })
    expect(run.exitCode).toBe(1)
    expect(errors(run)[0]).toMatch(/^No coverage report matched "coverage\.xml"/)
    expect(run.outputs.gate).toBe('fail')
  })

  it('comment-from outside of workflow_run', async () => {
    const it = job(SOURCE)
    const run = await it.run({ 'comment-from': join(tempDir(), 'comment.json') })
    expect(run.exitCode).toBe(1)
    expect(errors(run)[0]).toMatch(/^Input comment-from is for workflows that start on workflow_run;/)
  })
})
