import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { type JsonReport, report, runCheck, seedCheckout } from './checking.ts'

/** The known defects of the design, by the letter of the list, each with the rule that finds it and a text of its line. */
const DEFECTS: readonly (readonly [string, string, string, string])[] = [
  [
    'a: a tag by GITHUB_TOKEN starts nothing',
    'tag-starts-nothing',
    'version-bump.yml:51',
    'git push origin main --tags',
  ],
  ['a: main is pushed to', 'push-to-default-branch', 'version-bump.yml:51', 'git push origin main --tags'],
  ['b: ci.yml cannot be called', 'not-callable', 'release.yml:18', 'uses: ./.github/workflows/ci.yml'],
  [
    'b: CODECOV_TOKEN is not passed on',
    'secrets-not-passed',
    'release.yml:18',
    'uses: ./.github/workflows/ci.yml',
  ],
  [
    'b2: the group is the caller’s',
    'concurrency-deadlock',
    'ci.yml:12',
    'group: ${' + '{ github.workflow }}',
  ],
  ['b2: the release may be cancelled', 'release-cancelled', 'ci.yml:13', 'cancel-in-progress: true'],
  ['c: files that were never downloaded', 'files-not-downloaded', 'release.yml:79', 'dist/*.whl'],
  ['c: rebuilt instead of what was tested', 'rebuilt-for-publishing', 'release.yml:43', 'python -m build'],
  ['d: contents: write for every job', 'permissions-wide', 'release.yml:10', 'contents: write'],
  ['d: id-token: write for every job', 'permissions-wide', 'release.yml:11', 'id-token: write'],
  [
    'd: tests may sign in to PyPI',
    'id-token-with-code',
    'release.yml:18',
    'uses: ./.github/workflows/ci.yml',
  ],
  ['d: nothing said of permissions', 'permissions-absent', 'ci.yml:18', 'jobs:'],
  ['e: build is not locked', 'unlocked-install', 'release.yml:40', 'pip install build'],
  [
    'e: bump-my-version is not locked',
    'unlocked-install',
    'version-bump.yml:36',
    'pip install bump-my-version',
  ],
  ['e: a tag of an action', 'unpinned-action', 'release.yml:73', 'softprops/action-gh-release@v2'],
  ['e: a branch of an action', 'unpinned-action', 'release.yml:46', 'pypa/gh-action-pypi-publish@release/v1'],
  ['e: the token stays in the checkout', 'persisted-credentials', 'release.yml:32', 'actions/checkout@v4'],
  ['g: a search text that is not there', 'bumpversion-search', 'pyproject.toml:11', "search = 'version ="],
  ['g: the file has another version', 'bumpversion-search', 'pyproject.toml:16', "search = '__version__"],
  ['g: current_version is stale', 'bumpversion-current', 'pyproject.toml:4', 'current_version = "0.1.0"'],
  ['h: a prerelease by -alpha', 'prerelease-by-text', 'release.yml:77', "contains(github.ref, '-alpha')"],
  ['i: tag and version never compared', 'tag-version-unchecked', 'release.yml:45', 'name: Publish to PyPI'],
  ['j: any branch can be published', 'tag-branch-unchecked', 'release.yml:6', 'tags:'],
  ['k: PyPI before the release', 'irreversible-first', 'release.yml:72', 'name: Create GitHub Release'],
  ['k: a second run fails', 'upload-not-resumable', 'release.yml:45', 'name: Publish to PyPI'],
  ['l, m: --latest', 'cliff-latest', 'release.yml:68', 'args: --latest --strip header'],
  ['n: commits are dropped', 'cliff-drops-commits', 'cliff.toml:29', 'filter_unconventional = true'],
  ['n: what breaks is not marked', 'cliff-breaking-unmarked', 'cliff.toml:9', 'body = """'],
  ['o: an unanchored tag_pattern', 'cliff-tag-pattern', 'cliff.toml:45', 'tag_pattern = "v[0-9].*"'],
  ['p: CHANGELOG.md is overwritten', 'cliff-overwrites-changelog', 'release.yml:70', 'OUTPUT: CHANGELOG.md'],
  ['q: a Docker action with apt-get', 'retired-action', 'release.yml:65', 'orhun/git-cliff-action@v3'],
  ['r: main from any branch', 'push-from-any-branch', 'version-bump.yml:51', 'git push origin main --tags'],
  ['r: two bumps at once', 'no-concurrency', 'version-bump.yml:2', 'name: Version Bump'],
  ['r: an input in a shell line', 'script-injection', 'version-bump.yml:46', 'inputs.bump_type'],
  ['s: a glob that takes vfoo.bar.baz', 'tag-glob', 'release.yml:7', "'v*.*.*'"],
  ['u: the package is kept 7 days', 'artifact-retention', 'ci.yml:221', 'retention-days: 7'],
]

/** What the list has and the design's four workflows have not, or no file can show, and why. */
const NOT_VISIBLE: Readonly<Record<string, string>> = {
  f: 'the design uploads from the workflow of the tag itself; pypi-in-called-workflow has tests of its own',
  t: 'the notes by awk are in the release.yml that the project has today, not in the design; notes-by-awk has tests of its own',
}

let folder = ''
let json: JsonReport

beforeAll(async () => {
  folder = seedCheckout()
  json = await report(folder)
})

describe('the design of the pipeline, as it was first written', () => {
  it.each(DEFECTS)('has %s: %s at %s', (_letter, rule, where, text) => {
    const [file = '', line = ''] = where.split(':')
    const hit = json.findings.find(
      finding => finding.rule === rule && finding.path.endsWith(file) && finding.line === Number(line),
    )
    expect(hit).toMatchObject({ rule, line: Number(line) })
    const source = readFileSync(join(folder, hit?.path ?? ''), 'utf8').split('\n')[Number(line) - 1] ?? ''
    expect(source).toContain(text)
  })

  it('is judged by every letter of the list', () => {
    const letters = DEFECTS.flatMap(([letter]) => letter.split(':', 1)[0]?.split(', ') ?? [])
    const known = [...'abcdefghijklmnopqrstu', 'b2']
    expect([...new Set([...letters, ...Object.keys(NOT_VISIBLE)])].sort()).toEqual(known.sort())
  })

  it('has more that is not in the list: hidden failures, jobs without an end, a file that is no workflow', () => {
    const count = (rule: string) => json.findings.filter(finding => finding.rule === rule).length
    expect(count('hidden-failure')).toBe(3)
    expect(count('missing-timeout')).toBe(10)
    expect(count('not-a-workflow')).toBe(1)
    expect(count('dependabot-cooldown')).toBe(3)
  })

  it('ends with exit code 1 and says why and how to mend it', async () => {
    const { code, printed } = await runCheck(folder)
    expect(code).toBe(1)
    expect(printed).toMatch(
      /^\.github\/workflows\/release\.yml:18:5 error not-callable: job ci calls ci\.yml/m,
    )
    expect(printed).toMatch(/^ {4}fix: Add `workflow_call:` under `on:` of the called workflow\.$/m)
    expect(printed).toMatch(/\n14 errors, 78 warnings in 7 files\.$/)
  })
})

describe('examples/tokenledger', () => {
  it('has nothing that is found', async () => {
    const example = fileURLToPath(new URL('../../../../examples/tokenledger', import.meta.url))
    expect(await runCheck(example, '--strict')).toMatchObject({ code: 0, printed: 'Nothing found.' })
  })
})
