import { describe, expect, it } from '@jest/globals'
import { ALL, change, leftOut, TESTS } from './change-in.ts'

describe('a change leaves out', () => {
  it.each<[string, string[], readonly string[]]>([
    ['everything for documentation', ['docs/guide.md', 'docs/how it looks.png', 'CHANGELOG.md'], ALL],
    ['all but the build for the readme, which is in the metadata', ['README.md'], [...TESTS, 'dashboard']],
    ['all but the build for a licence', ['LICENSE'], [...TESTS, 'dashboard']],
    ['all but the dashboard for its files', ['dashboard/src/costs.ts'], [...TESTS, 'build']],
    ['the dashboard alone for a migration', ['migrations/002_next.sql'], ['dashboard']],
    ['the dashboard alone for code', ['ledger/__init__.py', 'docs/guide.md'], ['dashboard']],
    ['the dashboard alone for data of the package', ['ledger/help.md'], ['dashboard']],
    ['the dashboard alone for data of the tests', ['tests/data/answer.json'], ['dashboard']],
    ['nothing for both sides', ['dashboard/theme.css', 'tests/test_ledger.py'], []],
  ])('%s', async (_, changed, expected) => {
    expect(await leftOut(changed)).toEqual(expected)
  })

  it.each([
    'pyproject.toml',
    'uv.lock',
    '.github/workflows/ci.yml',
    '.github/PULL_REQUEST_TEMPLATE.md',
    '.gitattributes',
    '.ci/check.py',
    'docs/.templates/page.md',
    '.python-version',
    'requirements.txt',
    'docs/requirements.txt',
    'package.json',
    'notes/idea.md',
    'test_words.txt',
    'LICENSES/MIT.txt',
    'license.json',
    'Makefile',
    'dashboard/server.go',
    'other/pyproject.toml',
  ])('nothing for %s', async path => {
    expect(await leftOut([path])).toEqual([])
    expect(await leftOut(['docs/guide.md', path])).toEqual([])
  })

  it('nothing for a deleted dashboard, which is then no dashboard of the project', async () => {
    const gone = Object.fromEntries(
      ['package.json', 'src/pages/home.ts', 'src/costs.ts', 'theme.css'].map(name => [
        `dashboard/${name}`,
        undefined,
      ]),
    )
    expect(await leftOut(['dashboard/package.json'], { files: gone })).toEqual([])
  })
})

describe('the reason', () => {
  it.each<[string[], string]>([
    [['docs/a.md', 'docs/b.md', 'CHANGELOG.md'], '3 files, all documentation'],
    [['docs/a.md'], '1 file, documentation'],
  ])('of %j says how many files of what kind there are', async (changed, words) => {
    const { unaffected } = await change(changed)
    expect(new Set(unaffected.values())).toEqual(new Set([`no changed file concerns it: ${words}`]))
  })

  it('names several kinds', async () => {
    const { unaffected } = await change(['docs/a.md', 'dashboard/theme.css', 'LICENSE'])
    expect(unaffected.get('test')).toBe(
      'no changed file concerns it: 3 files, dashboard and documentation and readme and licences',
    )
  })

  it('of a job that runs is the file', async () => {
    const { affected } = await change(['docs/a.md', 'ledger/__init__.py'])
    expect(Object.fromEntries(affected)).toMatchObject({
      test: 'ledger/__init__.py',
      build: 'ledger/__init__.py',
    })
  })
})

describe('jobs of which nobody knows what they read', () => {
  it('run in any case, with what goes together with them', async () => {
    expect(await leftOut(['docs/guide.md'], { always: ['test'] })).toEqual(['build', 'dashboard'])
    const { affected } = await change(['docs/guide.md'], { always: ['integration'] })
    expect(affected.get('coverage')).toBe('what integration reads is not known')
  })
})
