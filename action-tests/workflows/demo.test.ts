import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { type CiRun, ours, runDemo } from './run-ci.ts'

const DEMO_MS = 420_000

const browser = ['chromium', 'chromium-browser', 'google-chrome'].flatMap(name =>
  (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name)),
)
const chromium = browser.find(path => existsSync(path))

describe('npm run demo', () => {
  let demo: CiRun
  beforeAll(async () => {
    demo = await runDemo()
  }, DEMO_MS)

  it('ends with 0 and every job of the example a success', () => {
    expect(demo.jobs).toEqual({
      'integration (after checks)': 'skipped',
      // A push that brings no new version has nothing to tag.
      'version-bump / bump': 'skipped',
      'version-bump / commit': 'skipped',
      'version-bump / tag': 'success',
      'version-bump / gate': 'success',
      ...Object.fromEntries(
        [
          'plan',
          'lint',
          'type-check',
          'test (3.11)',
          'test (3.12)',
          'test (3.13)',
          'security',
          'build',
          'dashboard',
          'coverage',
          'gate',
          'integration',
        ].map(job => [job, 'success']),
      ),
    })
    expect(demo.code).toBe(0)
  })

  const withBrowser = chromium ? it : it.skip
  withBrowser('shows every summary in a browser as GitHub would (needs Chromium on PATH)', () => {
    const page = rendered(ours('demo-report', 'index.html'))
    expect(page.errors).toBe('')
    for (const text of [
      'CI passed in',
      'Plan for <code>tokenledger</code>',
      'Tests on Python 3.13: ✅',
      'every job that had to run succeeded',
      'tokenledger-0.1.0-py3-none-any.whl',
      'Total: computed from the lines of 5 reports',
      'dashboard/src/costs.ts',
      'Nothing to tag; the version is 0.1.0',
    ]) {
      expect(page.dom).toContain(text)
    }
    // Markdown tables have become tables, folded parts can be opened, and no summary brought a script.
    expect(page.dom.match(/<table>/g)?.length).toBeGreaterThan(5)
    expect(page.dom).toContain('<details>')
    expect(page.dom).not.toContain('<script')
    expect(page.dom).not.toContain('| --- |')
  })
})

/** The document after Chromium has laid it out, and what it complained about. */
function rendered(path: string): { dom: string; errors: string } {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
  ]
  const dom = execFileSync(
    chromium ?? '',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-sync',
      ...quiet,
      `--user-data-dir=${tempDir('chromium-')}`,
      '--enable-logging=stderr',
      '--dump-dom',
      pathToFileURL(path).href,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 },
  )
  return { dom, errors: dom.includes('ERR_FILE_NOT_FOUND') ? 'the report does not exist' : '' }
}
