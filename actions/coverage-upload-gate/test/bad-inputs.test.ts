import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { coberturaXml, errors, job } from './coverage-job.ts'
import { expectFailure, reportOf, SOURCE, type Wrong } from './wrong.ts'

/** What can be wrong with the inputs, the checkout and the coverage. Nothing of it may pass, and each tells what to do. */
const ROWS: readonly Wrong[] = [
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
    inputs: { files: 'reports/**/coverage.xml', 'expect-reports': '3' },
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
  it.each(ROWS.map(row => [row.name, row] as const))('%s', (_name, row) => expectFailure(row))

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
