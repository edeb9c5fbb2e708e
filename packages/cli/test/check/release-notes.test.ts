import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const PATH = '.github/workflows/release.yml'
const steps = (text: string) => ({ [PATH]: `on: push\njobs:\n  one:\n    steps:\n${text}` })
const cliff = (text: string) => ({ 'cliff.toml': text })

describe('git-cliff', () => {
  it('is not asked for the latest tag', async () => {
    const action =
      '      - uses: orhun/git-cliff-action@v4\n        with:\n          args: -vv --latest --no-exec\n'
    expect(await found('cliff-latest', steps(action))).toEqual([
      `${PATH}:7:11 warning takes the notes of whatever tag is the newest (--latest)`,
    ])
    expect(await found('cliff-latest', steps('      - run: git cliff -l\n'))).toHaveLength(1)
    expect(await found('cliff-latest', steps('      - run: git-cliff "$A..$B"\n'))).toEqual([])
  })

  it('does not write one release over the changelog', async () => {
    const over = 'writes the notes of one release over CHANGELOG.md'
    expect(
      await found('cliff-overwrites-changelog', steps('      - run: git cliff --latest -o CHANGELOG.md\n')),
    ).toEqual([`${PATH}:5:14 warning ${over}`])
    for (const run of [
      'git cliff -o CHANGELOG.md',
      'git cliff --latest -o notes.md',
      'git cliff --unreleased --prepend CHANGELOG.md',
    ])
      expect(await found('cliff-overwrites-changelog', steps(`      - run: ${run}\n`))).toEqual([])
  })

  it('drops nothing', async () => {
    expect(
      await found(
        'cliff-drops-commits',
        cliff('[git]\nfilter_unconventional = true\nfilter_commits = true\n'),
      ),
    ).toEqual([
      'cliff.toml:2:1 warning filter_unconventional drops commits silently',
      'cliff.toml:3:1 warning filter_commits drops every commit that no parser names',
    ])
    expect(
      await found('cliff-drops-commits', cliff('[changelog]\n\n[git]\nsplit_commits = false\n')),
    ).toEqual(['cliff.toml:3:1 warning filter_unconventional is on unless it is set to false'])
    expect(await found('cliff-drops-commits', cliff('[git]\nfilter_unconventional = false\n'))).toEqual([])
  })

  it('knows a version by its whole name', async () => {
    for (const pattern of ['v[0-9].*', '^v[0-9].*', 'v.*$'])
      expect(await found('cliff-tag-pattern', cliff(`[git]\ntag_pattern = "${pattern}"\n`))).toHaveLength(1)
    expect(await found('cliff-tag-pattern', cliff("[git]\ntag_pattern = '^v[0-9]+$'\n"))).toEqual([])
  })

  it('marks what breaks', async () => {
    const body = (text: string) => cliff(`[changelog]\nbody = """\n{{ commit.message }}${text}\n"""\n`)
    expect(await found('cliff-breaking-unmarked', body(''))).toHaveLength(1)
    expect(await found('cliff-breaking-unmarked', body('{% if commit.breaking %}!{% endif %}'))).toEqual([])
  })
})

describe('notes that a script cuts out', () => {
  const script =
    '      - run: |\n          NOTES=$(awk "/$V/{f=1}" CHANGELOG.md)\n          echo "notes<<EOF" >> "$GITHUB_OUTPUT"\n'

  it('are told of, and so is the delimiter that they may hold', async () => {
    expect(await found('notes-by-awk', steps(script))).toEqual([
      `${PATH}:6:19 warning cuts the notes out of the changelog by a pattern`,
    ])
    expect(await found('fixed-delimiter', steps(script))).toEqual([
      `${PATH}:7:11 warning ends a text of several lines by the fixed delimiter 'EOF'`,
    ])
  })

  it('may have a random delimiter', async () => {
    expect(await found('fixed-delimiter', steps(script.replace('<<EOF', '<<$END')))).toEqual([])
  })

  it('know a prerelease by its version', async () => {
    const release = (flag: string) =>
      `      - uses: softprops/action-gh-release@v2\n        with: { prerelease: "${flag}" }\n`
    const contains = release('${' + "{ contains(github.ref, '-rc') }}")
    expect(await found('prerelease-by-text', steps(contains))).toHaveLength(1)
    expect(
      await found('prerelease-by-text', steps(release('${' + '{ steps.v.outputs.prerelease }}'))),
    ).toEqual([])
  })
})

describe('bump-my-version', () => {
  const settings = (file: string, current = '1.2.3') => ({
    'pyproject.toml': `[project]\nversion = "1.2.3"\n\n[tool.bumpversion]\ncurrent_version = "${current}"\n\n[[tool.bumpversion.files]]\n${file}\n`,
    'pkg/__init__.py': '__version__ = "1.2.3"\n',
  })

  it('finds its text in every file', async () => {
    const good = 'filename = "pkg/__init__.py"\nsearch = \'__version__ = "{current_version}"\''
    expect(await found('bumpversion-search', settings(good))).toEqual([])
    expect(await found('bumpversion-search', settings(good.replace('__version__ =', 'VERSION =')))).toEqual([
      'pyproject.toml:9:1 error `VERSION = "1.2.3"` is not in pkg/__init__.py',
    ])
    expect(await found('bumpversion-search', settings('filename = "gone.py"'))).toEqual([
      'pyproject.toml:8:1 error gone.py does not exist',
    ])
  })

  it('may search pyproject.toml when the version stands there', async () => {
    const own = 'filename = "pyproject.toml"\nsearch = \'version = "{current_version}"\''
    expect(await found('bumpversion-search', settings(own))).toEqual([])
    const dynamic = settings(own)
    const without = { 'pyproject.toml': dynamic['pyproject.toml'].replace('version = "1.2.3"', 'name = "x"') }
    expect(await found('bumpversion-search', without)).toEqual([
      'pyproject.toml:9:1 error `version = "1.2.3"` stands in pyproject.toml only as the end of `current_version`',
    ])
  })

  it('starts at the version of the tree', async () => {
    const file = 'filename = "pkg/__init__.py"'
    expect(await found('bumpversion-current', settings(file))).toEqual([])
    expect(await found('bumpversion-current', settings(file, '1.2.2'))).toEqual([
      'pyproject.toml:5:1 error current_version is 1.2.2, but project.version says 1.2.3',
    ])
  })
})
