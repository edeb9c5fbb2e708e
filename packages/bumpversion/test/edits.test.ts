import { describe, expect, it } from '@jest/globals'
import { bump, CONTEXT, type Files, failureOf, pyproject } from './project.ts'

const withFile = (entry: string, files: Files, current = '1.2.3'): Files => ({
  'pyproject.toml': pyproject(`current_version = "${current}"\n[[tool.bumpversion.files]]\n${entry}`),
  ...files,
})
const inF = (text: string, more = '', current = '1.2.3'): Files =>
  withFile(`filename = "f.txt"\n${more}`, { 'f.txt': text }, current)
const after = (files: Files, part = 'minor'): string | undefined => bump(files, part).after['f.txt']

describe('a version in a file', () => {
  it.each([
    ['a longer number', '11.2.3 1.2.30'],
    ['a longer version', '1.2.3.4 0.1.2.3 4.1.2.3'],
    ['a number of another script', '\u06631.2.3 1.2.3\u0664'],
  ])('is not touched inside of %s', (_, text) => {
    expect(after(inF(`1.2.3 ${text}`))).toBe(`1.3.0 ${text}`)
  })

  it('is replaced beside all that is no longer version', () => {
    expect(after(inF('v1.2.3, (1.2.3)-1.2.3. "1.2.3"==1.2.3+x 1.2.3\n.1.2.3'))).toBe(
      'v1.3.0, (1.3.0)-1.3.0. "1.3.0"==1.3.0+x 1.3.0\n.1.3.0',
    )
  })

  it('that ends in a letter is not touched inside of a word', () => {
    const more = `serialize = ["v{major}.{minor}.{patch}dev"]`
    expect(after(inF('v1.2.3dev v1.2.3devel rev1.2.3dev', more))).toBe('v1.3.0dev v1.2.3devel rev1.2.3dev')
  })

  it('is bounded only where the search itself ends with the version', () => {
    expect(
      after(inF('x = 1.2.3;9 y', "search = 'x = {current_version};'\nreplace = 'x = {new_version};'")),
    ).toBe('x = 1.3.0;9 y')
    expect(after(inF('9# 1.2.3', "search = '# {current_version}'\nreplace = '# {new_version}'"))).toBe(
      '9# 1.3.0',
    )
  })

  it('in a regular expression is matched as the expression says', () => {
    expect(after(inF('11.2.3', "regex = true\nsearch = '{current_version}'"))).toBe('11.3.0')
  })

  it('keeps line ends, byte order mark and the missing last line end', () => {
    expect(after(inF('\uFEFFa\r\n1.2.3\nb\r1.2.3', "replace = '{new_version}\\n!'"))).toBe(
      '\uFEFFa\r\n1.3.0\r\n!\nb\r1.3.0\r\n!',
    )
  })
})

describe('a search that finds nothing', () => {
  it('says what the file says instead, and that nothing was changed', () => {
    const files = withFile(
      `filename = "tokenledger/__init__.py"\nsearch = '__version__ = "{current_version}"'\nreplace = '__version__ = "{new_version}"'`,
      { 'tokenledger/__init__.py': '"""Ledger."""\n__version__ = "0.1.1"\n' },
      '0.1.0',
    )
    expect(failureOf(() => bump(files, 'patch'))).toBe(
      'BUMP_SEARCH_MISSING: "__version__ = "0.1.0"" not found in tokenledger/__init__.py (file says 0.1.1); no file was changed',
    )
  })

  it('says where the version stands inside of a longer one', () => {
    expect(failureOf(() => bump(inF('a\nb 11.2.30-x\n'), 'patch'))).toBe(
      'BUMP_SEARCH_MISSING: "1.2.3" not found in f.txt (only inside of 11.2.30-x in line 2); no file was changed',
    )
  })

  it('says no more when there is nothing to say', () => {
    expect(failureOf(() => bump(inF('nothing 5.5.5'), 'patch'))).toBe(
      'BUMP_SEARCH_MISSING: "1.2.3" not found in f.txt; no file was changed',
    )
  })
})

describe('a plan', () => {
  it('holds each changed file once, the configuration last', () => {
    const { plan } = bump(
      withFile(
        'filename = "b"\n[[tool.bumpversion.files]]\nfilename = "pyproject.toml"\nsearch = "dynamic"\nreplace = "dynamic"\n[[tool.bumpversion.files]]\nfilename = "./a"\n[[tool.bumpversion.files]]\nfilename = "b"\nsearch = "x"\nreplace = "{new_version}"',
        { a: '1.2.3', b: '1.2.3 x' },
      ),
      'major',
    )
    expect(
      plan.edits.map(({ path, before, after }) => [
        path,
        path === 'pyproject.toml' ? '' : `${before} > ${after}`,
      ]),
    ).toEqual([
      ['b', '1.2.3 x > 2.0.0 2.0.0'],
      ['a', '1.2.3 > 2.0.0'],
      ['pyproject.toml', ''],
    ])
  })

  it('is empty for the version that is there', () => {
    expect(bump(inF('nothing'), { newVersion: '1.2.3' }).plan).toEqual({ edits: [], untouched: [] })
  })

  it('names what was allowed to be missing', () => {
    const files = inF(
      'nothing',
      'ignore_missing_version = true\n[[tool.bumpversion.files]]\nfilename = "g"\nignore_missing_file = true',
    )
    expect(bump(files, 'patch').plan.untouched).toEqual(['f.txt', 'g'])
  })

  it.each([
    [
      'filename = "gone.txt"',
      'BUMP_FILE_MISSING: gone.txt, which pyproject.toml lists, does not exist; no file was changed. Correct the entry, or set ignore_missing_file',
    ],
    [
      'filename = "/etc/hosts"',
      'BUMP_CONFIG_INVALID: pyproject.toml: /etc/hosts is absolute; name files relative to the folder of the package',
    ],
    [
      `filename = "f.txt"\nreplace = '\\d'`,
      'BUMP_TEMPLATE_INVALID: replace of f.txt: bad escape \\d at position 0 in "\\d" (write \\\\ for a backslash); no file was changed',
    ],
    [
      `filename = "f.txt"\nreplace = '{nope}'`,
      'BUMP_TEMPLATE_INVALID: replace of f.txt: {nope} is not known here; no file was changed',
    ],
    [
      `filename = "f.txt"\nsearch = '{'`,
      "BUMP_TEMPLATE_INVALID: search of f.txt: single '{' in a template; write {{ for a brace; no file was changed",
    ],
    [
      `filename = "f.txt"\nsearch = '{0}'`,
      'BUMP_TEMPLATE_INVALID: search of f.txt: {0} names no value; no file was changed',
    ],
    [
      `filename = "f.txt"\nreplace = '{branch_name}'`,
      'BUMP_TEMPLATE_INVALID: replace of f.txt: {branch_name} is not known here; no file was changed',
    ],
    [
      `filename = "f.txt"\nreplace = '{$GH_TOKEN}'`,
      'BUMP_SECRET: a template uses {$GH_TOKEN}, which looks like a secret; it would be written into a file. Take the variable out of the template.',
    ],
    [
      `filename = "f.txt"\nregex = true\nsearch = '(?>1.2.3)'`,
      'BUMP_REGEX_UNSUPPORTED: search of f.txt uses "(?>…" ; set engine: bump-my-version',
    ],
    [
      `filename = "f.txt"\nregex = true\nsearch = '(1.2.3)*'`,
      'BUMP_REGEX_UNSUPPORTED: search of f.txt uses "(1.2.3)*" ; set engine: bump-my-version',
    ],
    [
      `glob = "!(!(a)b)"`,
      'BUMP_CONFIG_INVALID: a glob has !(…) inside of !(…); use glob_exclude, or set engine: bump-my-version',
    ],
  ])('is refused with %s', (entry, words) => {
    expect(failureOf(() => bump(withFile(entry, { 'f.txt': '1.2.3' }), 'patch'))).toBe(words)
  })

  it.each([
    ['x.toml', 'v = "1.2.3"\n'],
    ['x.json', '\uFEFF{ "v": "1.2.3" }\n'],
  ])('is refused when %s would be broken by it, unless it was before', (path, text) => {
    const files = (content: string): Files =>
      withFile(`filename = "${path}"\nreplace = '{new_version}"'`, { [path]: content })
    expect(failureOf(() => bump(files(text), 'minor'))).toMatch(
      new RegExp(
        `^BUMP_FILE_BROKEN: ${path} would no longer be valid \\(.+\\); correct its search and replace\\. No file was changed$`,
      ),
    )
    expect(bump(files(`// not valid\n${text}`), 'minor').after[path]).toContain('1.3.0""')
  })

  it('uses what the caller knows of the repository', () => {
    const context = { ...CONTEXT, scm: { branch_name: 'main', distance_to_latest_tag: 7, dirty: false } }
    const files = inF('1.2.3', "replace = '{new_version} {branch_name} {distance_to_latest_tag:03d} {dirty}'")
    expect(bump(files, 'minor', context).after['f.txt']).toBe('1.3.0 main 007 False')
  })

  it('renders tag and message with the versions', () => {
    const { bumped, config } = bump(inF('1.2.3'), 'minor')
    expect(bumped.render(config.scm.tagName, 'tag_name')).toBe('v1.3.0')
    expect(bumped.render(config.scm.message, 'message')).toBe('Bump version: 1.2.3 → 1.3.0')
  })
})

describe("the configuration's own version", () => {
  it.each([
    ['in a dotted key', '[tool]\nbumpversion.current_version = "1.2.3"\n# [tool.bumpversion]\n'],
    [
      'in an inline table',
      '[tool]\nbumpversion = { x = "1.2.3", current_version = "1.2.3" } # bumpversion]\n',
    ],
    ['in a text of three quotes', '[tool.bumpversion]\ncurrent_version = """1.2.3"""\n'],
    [
      'behind the same text elsewhere',
      '# 1.2.3\nx = "1.2.3"\n[tool.bumpversion]\r\n"current_version" = \'1.2.3\' # 1.2.3\r\n',
    ],
  ])('is replaced %s, and nothing else', (_, text) => {
    const changed = bump({ 'pyproject.toml': text }, 'minor').after['pyproject.toml'] ?? ''
    const at = changed.indexOf('1.3.0')
    expect(`${changed.slice(0, at)}1.2.3${changed.slice(at + 5)}`).toBe(text)
    expect(bump({ 'pyproject.toml': changed }, 'minor').bumped.current).toBe('1.3.0')
  })

  it('keeps a prefix that parse leaves out', () => {
    const { after: files, bumped } = bump(
      { '.bumpversion.cfg': '[bumpversion]\ncurrent_version = v1.2.3\n' },
      'minor',
    )
    expect(bumped.next).toBe('1.3.0')
    expect(files['.bumpversion.cfg']).toBe('[bumpversion]\ncurrent_version = v1.3.0\n')
  })

  it('that is written with escapes is refused', () => {
    const text = '[tool.bumpversion]\ncurrent_version = "1.2.\\u0033"\n'
    expect(failureOf(() => bump({ 'pyproject.toml': text }, 'minor'))).toBe(
      'BUMP_CONFIG_INVALID: pyproject.toml: the version "1.2.3" could not be replaced in place; write it as a plain string without escapes. No file was changed',
    )
  })

  it('comes from the latest tag when it is nowhere, and is an error without one', () => {
    const files = { 'pyproject.toml': pyproject('commit = false') }
    expect(bump(files, 'minor', { ...CONTEXT, scm: { current_version: '4.5.6' } }).bumped.next).toBe('4.6.0')
    expect(failureOf(() => bump(files, 'minor'))).toMatch(
      /^BUMP_VERSION_UNKNOWN: pyproject\.toml has no current_version,/,
    )
  })
})
