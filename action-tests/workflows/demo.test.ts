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

  it('ends with 0 and every chapter a success', () => {
    expect(demo.jobs).toEqual({
      'CI of a push to main': 'success',
      'Version bump by hand': 'success',
      'Merge of the pull request': 'success',
      'Tag of the merged version': 'success',
      'Release at the tag': 'success',
    })
    expect(demo.code).toBe(0)
  })

  it('runs every job of the example, those of its CI on main and once more at the tag', () => {
    const ci = ['plan', 'lint', 'type-check', 'test (3.11)', 'test (3.12)', 'test (3.13)', 'security'].concat(
      ...['dashboard', 'coverage', 'integration', 'gate'],
    )
    const prepare = ['verify', 'build', 'attest', 'draft', 'gate', ...ci.map(name => `ci / ${name}`)]
    expect(succeeded(demo.log)).toEqual(
      [
        ...['build', ...ci].map(name => `ci / ${name}`),
        ...['bump', 'gate', 'tag', 'gate'].map(name => `version-bump / ${name}`),
        ...prepare.map(name => `prepare / ${name}`),
        ...['pypi', 'publish / publish', 'publish / gate'],
      ].sort(),
    )
    expect(demo.log).not.toContain('✗')
  })

  const withBrowser = chromium ? it : it.skip
  withBrowser('shows every page in a browser as a person would see it (needs Chromium on PATH)', () => {
    const page = rendered(ours('demo-report', 'index.html'))
    expect(page.errors).toBe('')
    const text = page.dom.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    for (const words of [
      'From a green main to a published release',
      'Plan for tokenledger',
      'Tests on Python 3.13: ✅',
      'Total: computed from the lines of 5 reports',
      'dashboard/src/costs.ts',
      'github-actions[bot] wants to merge 1 commit into main from release/v0.2.0 release',
      'A person merged 1 commit into main from release/v0.2.0',
      '+__version__ = "0.2.0"',
      'v0.2.0 tagged, release started',
      'v0.2.0 Draft',
      'v0.2.0 Latest Immutable github-actions[bot] released this at tag v0.2.0',
      'Dashboard: a page of costs by model.',
    ]) {
      expect(text).toContain(words)
    }
    expect(digestsIn(page.dom, 'tokenledger-0.2.0-py3-none-any.whl')).toHaveLength(1)
    expect(digestsIn(page.dom, 'tokenledger-0.2.0.tar.gz')).toHaveLength(1)
    // Markdown tables have become tables, folded parts can be opened, and no summary brought a script.
    expect(page.dom.match(/<table>/g)?.length).toBeGreaterThan(5)
    expect(page.dom).toContain('<details>')
    expect(page.dom).not.toContain('<script')
    expect(page.dom).not.toContain('| --- |')
  })
})

/** The jobs that the log calls successful, sorted. */
function succeeded(log: string): string[] {
  return [...log.matchAll(/^✓ (.+) succeeded [\d.]+ s$/gm)].map(([, name = '']) => name).sort()
}

/** The digests that the pages of draft, index and release show for a file; one when they agree. */
function digestsIn(dom: string, file: string): string[] {
  const rows = [...dom.matchAll(/<tr><td>([^<]+)<\/td>.*?<code>sha256:([0-9a-f]{64})<\/code><\/td><\/tr>/g)]
  const found = rows.filter(([, name]) => name === file).map(([, , digest = '']) => digest)
  expect(found).toHaveLength(3)
  return [...new Set(found)]
}

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
