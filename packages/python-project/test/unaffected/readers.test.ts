import { describe, expect, it } from '@jest/globals'
import { change, leftOut, PYPROJECT, TESTS } from './change-in.ts'

const test = (text: string) => ({ files: { 'tests/test_ledger.py': text } })
const pyproject = (more: string) => ({ files: { 'pyproject.toml': `${PYPROJECT}${more}` } })

describe('a document that may be read', () => {
  it.each<[string, string]>([
    ['by its name', 'text = (ROOT / "x" / "guide.md").read_text()'],
    ['by its folder', 'for each in Path("docs").iterdir(): ...'],
    ['by a part of a path', "open(f'{root}/docs/' + name)"],
    ['by its ending', 'for each in root.rglob("*.md"): ...'],
    ['by an ending put to a name', 'path = f"{name}.md"'],
    ['by a walk over everything', 'for folder, _, names in os.walk(ROOT): ...'],
    ['by a pattern of everything', 'for each in ROOT.rglob("*"): ...'],
    ["by git's list of files", 'run(["git", "ls-files"])'],
    ['by a test of documentation', 'from sybil import Sybil'],
  ])('runs the tests, here %s', async (_, line) => {
    expect(await leftOut(['docs/guide.md'], test(`${line}\n`))).toEqual(['dashboard'])
  })

  it.each<[string, string]>([
    ['a comment that speaks of the docs', '# as the docs say, and README.txt'],
    ['an address on the web', 'URL = "https://example.com/docs/guide.md"'],
    ['other endings', 'for each in Path("data").glob("*.mdx"): ...'],
  ])('is not read by %s', async (_, line) => {
    expect(await leftOut(['docs/guide.md'], test(`${line}\n`))).toHaveLength(5)
  })

  it.each<[string, string]>([
    ['doctest-glob', '[tool.pytest.ini_options]\naddopts = "--doctest-glob=*.md"\n'],
    ['testpaths', '[tool.pytest.ini_options]\ntestpaths = ["tests", "docs"]\n'],
    ['a plugin', '[tool.pytest.ini_options]\naddopts = ["--markdown-docs"]\n'],
  ])('runs the tests when the settings of pytest have %s', async (_, more) => {
    const left = await leftOut(['docs/guide.md'], pyproject(more))
    expect(left.filter(job => TESTS.some(name => name === job))).toEqual([])
  })

  it('runs the tests when a file of settings has a glob of doctest', async () => {
    const files = { 'pytest.ini': '[pytest]\naddopts = --doctest-glob=*.rst\n' }
    expect(await leftOut(['docs/guide.md'], { files })).toEqual(['dashboard'])
  })

  it('runs the build when the build takes it', async () => {
    const sdist = pyproject('[tool.hatch.build.targets.sdist]\ninclude = ["/docs"]\n')
    expect(await leftOut(['docs/guide.md'], sdist)).toEqual([...TESTS, 'dashboard'])
    const readme = pyproject(
      '[tool.hatch.metadata.hooks.fancy-pypi-readme]\nfragments = [{ path = "CHANGELOG.md" }]\n',
    )
    expect(await leftOut(['CHANGELOG.md'], readme)).toEqual([...TESTS, 'dashboard'])
    const others = pyproject('[[tool.bumpversion.files]]\nfilename = "CHANGELOG.md"\n')
    expect(await leftOut(['CHANGELOG.md'], others)).toHaveLength(5)
  })

  it('runs tests and build when a code of the project, or a file that cannot be looked through, may read it', async () => {
    const setup = { 'setup.py': 'long_description = open("CHANGELOG.md").read()\n' }
    expect(await leftOut(['CHANGELOG.md'], { files: setup })).toEqual(['dashboard'])
    const { affected } = await change(['CHANGELOG.md'], { files: setup })
    expect(affected.get('build')).toBe('setup.py may read it (CHANGELOG.md)')
  })

  it('runs tests and build where the build backend is not known', async () => {
    const files = { 'pyproject.toml': PYPROJECT.replace('hatchling.build', 'maturin') }
    expect(await leftOut(['docs/guide.md'], { files })).toEqual(['dashboard'])
    const own = { 'pyproject.toml': `${PYPROJECT}backend-path = ["."]\n` }
    expect(await leftOut(['docs/guide.md'], { files: own })).toEqual(['dashboard'])
  })
})

describe('the dashboard', () => {
  it.each<[string, Record<string, string>]>([
    ['imports from outside', { 'dashboard/src/costs.ts': "import x from '../../ledger/x.json'\n" }],
    ['puts a path together', { 'dashboard/vite.config.ts': "resolve(import.meta.dirname, '..', 'docs')\n" }],
    ['extends settings from outside', { 'dashboard/tsconfig.json': '{"extends": "../tsconfig.json"}' }],
    [
      'starts Python',
      { 'dashboard/package.json': '{"scripts": {"build": "python -m ledger.types && vite build"}}' },
    ],
    ['goes up in a script', { 'dashboard/package.json': '{"scripts": {"build": "cd .. && vite build"}}' }],
  ])('is built for every file when it %s', async (_, files) => {
    expect(await leftOut(['docs/guide.md'], { files })).not.toContain('dashboard')
    expect(await leftOut(['ledger/__init__.py'], { files })).toEqual([])
  })

  it('is tested with the rest when its coverage is judged with theirs', async () => {
    const package_json = '{"scripts": {"build": "vite build", "coverage": "vitest"}}'
    const files = { 'dashboard/package.json': package_json }
    expect(await leftOut(['dashboard/theme.css'], { files })).toEqual(['build'])
    expect(await leftOut(['tests/test_ledger.py'], { files })).toEqual([])
    expect(await leftOut(['docs/guide.md'], { files })).toHaveLength(5)
  })

  it.each<[string, Record<string, string>, string[]]>([
    [
      'the wheel takes it',
      {
        'pyproject.toml': `${PYPROJECT}[tool.hatch.build.targets.wheel.force-include]\n"dashboard/dist" = "ledger/page"\n`,
      },
      [...TESTS],
    ],
    ['the manifest takes it', { 'MANIFEST.in': 'graft dashboard\n' }, []],
    ['code reads it', { 'ledger/page.py': 'PAGE = Path("dashboard") / "dist"\n' }, []],
    ['a test looks for its kind of file', { 'tests/test_all.py': 'ROOT.glob("**/*.css")\n' }, []],
  ])('concerns others when %s', async (_, files, expected) => {
    expect(await leftOut(['dashboard/theme.css'], { files })).toEqual(expected)
  })
})
