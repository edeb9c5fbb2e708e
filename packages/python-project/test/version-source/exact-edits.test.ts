import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findVersionSources, parsePyproject, versionEdits } from '../../src/index.ts'
import { dynamicProject, found, onlySource, readerOf } from './project-files.ts'

const HATCH = dynamicProject('hatchling.build', '\n[tool.hatch.version]\npath = "a.py"\n')

describe('project.version is edited', () => {
  it.each([
    ['in its table', '[project]\nname = "x"\nversion = "§" # 1.2.3\n', 3],
    ['with a literal string', "[project]\nversion='§'\n", 2],
    ['as a dotted key', 'project.name = "x"\nproject.version = "§"\n', 2],
    ['as a dotted key with spaces and quotes', '"project" . \'version\'\t=\t"§"\n', 1],
    ['in an inline table', 'project = { name = "1.2.3", version = "§" }\n', 1],
    ['in a header with spaces', '[ project ]\nversion = "§"\n', 2],
    ['as a string of three quotes', '[project]\nversion = """§"""\n', 2],
    [
      'behind the same version of something else',
      '[tool.x]\nversion = "1.2.3"\n[project]\nversion = "§"\n',
      4,
    ],
    [
      'before the same version of something else',
      '[project]\nversion = "§"\n[tool.x]\nversion = "1.2.3"\n',
      2,
    ],
    [
      'beside the same in arrays',
      '[project]\nkeywords = ["1.2.3"]\nversion = "§"\nclassifiers = [\n"1.2.3"]\n',
      3,
    ],
    [
      'below text that looks like it',
      '[project]\ndescription = """\n[project]\nversion = "1.2.3"\n"""\nversion = "§"\n',
      6,
    ],
    ['below a comment that looks like it', '# [project]\n#version = "1.2.3"\n[project]\nversion = "§"\n', 4],
    ['before an array of tables', '[project]\nversion = "§"\n[[tool.x]]\nversion = "1.2.3"\n[[tool.x]]\n', 2],
  ])('%s', (_, template, line) => {
    const source = onlySource({ 'pyproject.toml': template.replace('§', '1.2.3') })
    expect(source).toMatchObject({
      kind: 'project',
      role: 'source',
      path: 'pyproject.toml',
      version: '1.2.3',
      line,
    })
    const after = source.edit('1.3.0rc1')
    expect(after).toBe(template.replace('§', '1.3.0rc1'))
    expect(parsePyproject(after, 'pyproject.toml').version).toBe('1.3.0rc1')
  })

  it('with line ends, BOM and a missing last line end as they were', () => {
    const text = '\uFEFF[project]\r\nname = "x" # é\r\nversion = "1.2.3"'
    expect(onlySource({ 'pyproject.toml': text }).edit('2')).toBe(text.replace('1.2.3', '2'))
  })

  it('whatever stands around it', () => {
    const value = fc.constantFrom(
      '"1.2.3"',
      "'1.2.3'",
      '["1.2.3"]',
      '{ version = "1.2.3" }',
      '"""\nversion = "1.2.3"\n"""',
    )
    const lines = (keys: RegExp) => {
      const line = fc.oneof(
        fc.constantFrom('', '# version = "1.2.3"', '  # "1.2.3"'),
        fc.tuple(fc.stringMatching(keys), value).map(pair => pair.join(' = ')),
      )
      return fc.uniqueArray(line, { maxLength: 4, selector: text => text.split(' = ')[0] })
    }
    // A table has a key once, and none of these is one that means something.
    const [top, before, after] = [lines(/^[a-k]{4}$/), lines(/^[a-k]{4}$/), lines(/^[l-u]{4}$/)]
    fc.assert(
      fc.property(top, before, after, fc.constantFrom('\n', '\r\n'), (top, before, after, end) => {
        const parts = [
          ...top,
          '[project]',
          ...before,
          'version = "§"',
          ...after,
          '[tool.x]',
          'version = "1.2.3"',
          '',
        ]
        const template = parts.join('\n').replaceAll('\n', end)
        const source = onlySource({ 'pyproject.toml': template.replace('§', '1.2.3') })
        expect(source.edit('10.0')).toBe(template.replace('§', '10.0'))
      }),
    )
  })

  it('not when it is written with escapes, and says what would do', () => {
    const text = '[project]\nversion = "\\u0031.2.3"\n'
    expect(() => findVersionSources(readerOf({ 'pyproject.toml': text }), '')).toThrow(
      'BUMP_SEARCH_MISSING: no version found in pyproject.toml, where project.version in pyproject.toml points; no file was changed. Expected a plain string without escapes, such as version = "1.2.3".',
    )
  })
})

describe('a Python file is edited', () => {
  it.each([
    ['with BOM and CRLF', '\uFEFF__version__ = "§"\r\nx = "1.2.3"\r\n'],
    ['with single quotes, a v and a comment', "import x\n__version__ = 'v§'  # 1.2.3\n"],
    ['in the first place that hatchling takes', '"""\nversion = "§"\n"""\n__version__ = "1.2.3"\n'],
    ['with wide characters before it', '# 🐍 é\n__version__ = "§"\n'],
  ])('%s', (_, template) => {
    const files = { 'pyproject.toml': HATCH, 'a.py': template.replace('§', '1.2.3') }
    const source = onlySource(files)
    expect(source.version).toBe('1.2.3')
    expect(source.edit('1.3.0-rc.1')).toBe(template.replace('§', '1.3.0-rc.1'))
  })

  it('never for a piece of a longer version, by a pattern that stops too early', () => {
    const pyproject = HATCH.replace('path', `pattern = 'version = "(?P<version>\\d+\\.\\d+\\.\\d+)'\npath`)
    const files = { 'pyproject.toml': pyproject, 'a.py': '# 1\nversion = "1.2.3.4"\n' }
    expect(() => found(files)).toThrow(
      'pattern of [tool.hatch.version] in pyproject.toml finds 1.2.3 in line 2, which is only a piece of a longer version. Let it take in the whole version.',
    )
    const behind = HATCH.replace('path', () => `pattern = 'v?\\d\\.(?P<version>\\d)$'\npath`)
    expect(() => found({ 'pyproject.toml': behind, 'a.py': 'v1.2\n' })).toThrow('finds 2 in line 1')
  })

  it('not when the new version would not be read back', () => {
    const pyproject = HATCH.replace('path', `pattern = 'version = "(?P<version>[\\d.]+)'\npath`)
    const source = onlySource({ 'pyproject.toml': pyproject, 'a.py': 'version = "1.2.3"\n' })
    expect(source.edit('1.3.0')).toBe('version = "1.3.0"\n')
    expect(() => source.edit('1.3.0rc1')).toThrow(
      '1.3.0rc1, written to a.py, reads back as 1.3.0 (pattern of [tool.hatch.version] in pyproject.toml); no file was changed. Choose a version that fits, or correct what reads it.',
    )
    expect(() => onlySource({ 'pyproject.toml': HATCH, 'a.py': '__version__ = "1"\n' }).edit('a"b')).toThrow(
      'reads back as a ',
    )
  })

  it.each([
    ['is computed', '__version__ = version("x")\n'],
    ['is joined', '__version__ = "1." "2"\n'],
    ['is of several lines', '__version__ = """1.2.3"""\n'],
    ['is formatted', '__version__ = f"1.2.{x}"\n'],
    ['has escapes', '__version__ = "1.\\x32.3"\n'],
    ['belongs to a class', 'class A:\n    __version__ = "1.2.3"\n'],
    ['has a longer name', 'x__version__ = "1.2.3"\n__version__x = "1.2.3"\n'],
    ['is in a comment', '# text\n#__version__ = "1.2.3"\n'],
    ['is in a docstring with quotes', `"""It's \\"""\n__version__ = "1.2.3"\n"""\n`],
    ['is one of several', '__version__, b = "1.2.3", 2\n'],
  ])('not where the string %s, for backends that read Python', (_, text) => {
    expect(found({ 'pyproject.toml': dynamicProject('flit_core.buildapi'), 'tokenledger.py': text })).toEqual(
      [],
    )
  })

  it.each([
    ['with a comment behind it', '__version__ = "§" # 9.9.9 "x"\r\n'],
    ['after a BOM', '\uFEFF__version__ = "§"\n'],
    ['without a line end', 'x = 1\n__version__: Final[str] = r"§"'],
  ])('%s, for backends that read Python', (_, template) => {
    const files = {
      'pyproject.toml': dynamicProject('flit_core.buildapi'),
      'tokenledger.py': template.replace('§', '1.2.3'),
    }
    expect(onlySource(files).edit('1.3.0')).toBe(template.replace('§', '1.3.0'))
  })

  it('behind strings that look like comments and quotes', () => {
    const text = `a = "#"; b = '"""'\nc = '\\'' # it's "here"\n__version__ = "1.2.3"\n`
    expect(found({ 'pyproject.toml': dynamicProject('flit_core.buildapi'), 'tokenledger.py': text })).toEqual(
      ['flit tokenledger.py:3 1.2.3'],
    )
  })
})

describe('other settings', () => {
  it("are flit's table from before [project], and a plug-in that works like hatchling's own source", () => {
    const build = '[build-system]\nrequires = ["flit_core >=2,<4"]\nbuild-backend = "flit_core.buildapi"\n'
    const flit = `${build}[tool.flit.metadata]\nmodule = "ledger"\n`
    expect(found({ 'pyproject.toml': flit, 'ledger.py': '__version__ = "1.2.3"\n' })).toEqual([
      'flit ledger.py:1 1.2.3',
    ])
    const commits = HATCH.replace('path', 'source = "regex_commit"\npath')
    expect(found({ 'pyproject.toml': commits, 'a.py': '__version__ = "1.2.3"\n' })).toEqual([
      'hatch a.py:1 1.2.3',
    ])
  })

  it('of a file that holds more than the version name no version', () => {
    const pyproject = dynamicProject(
      'setuptools.build_meta',
      '[tool.setuptools.dynamic]\nversion = {file = "V"}\n',
    )
    expect(() => found({ 'pyproject.toml': pyproject, V: 'version 1.2.3\n' })).toThrow(
      'BUMP_SEARCH_MISSING: no version found in V, where version.file of [tool.setuptools.dynamic] in pyproject.toml points; no file was changed. Expected nothing but the version.',
    )
  })

  it('are read in the folder of the project, with its paths relative to the repository', () => {
    const files = { 'packages/core/pyproject.toml': HATCH, 'packages/core/a.py': '__version__ = "1.2.3"\n' }
    for (const folder of ['packages/core', './packages/core/']) {
      expect(found(files, folder)).toEqual(['hatch packages/core/a.py:1 1.2.3'])
    }
  })
})

describe('edits of all sources', () => {
  const pyproject = '[project]\nname = "x"\nversion = "1.2.3"\n\n[tool.poetry]\nversion = "1.2.3"\n'
  const files = { 'pyproject.toml': pyproject, 'package.json': '{\n\t"version": "1.2.3-rc.1"\n}' }
  const read = readerOf(files)

  it('are one per file, in its spelling, also for two sources in one', () => {
    const sources = findVersionSources(read, '.')
    expect(found(files)).toEqual([
      'project pyproject.toml:3 1.2.3',
      'poetry pyproject.toml:6 1.2.3',
      'package.json package.json:2 1.2.3-rc.1',
    ])
    expect(versionEdits(sources, '1.3.0rc1', read)).toEqual([
      { path: 'pyproject.toml', before: pyproject, after: pyproject.replaceAll('1.2.3', '1.3.0rc1') },
      { path: 'package.json', before: files['package.json'], after: '{\n\t"version": "1.3.0-rc.1"\n}' },
    ])
  })

  it('leave out what has the version already', () => {
    const paths = versionEdits(findVersionSources(read, ''), '1.2.3', read).map(({ path }) => path)
    expect(paths).toEqual(['package.json'])
    expect(versionEdits(findVersionSources(read, ''), '1.2.3rc1', read).map(({ path }) => path)).toEqual([
      'pyproject.toml',
    ])
  })
})
