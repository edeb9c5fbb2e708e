import { describe, expect, it } from '@jest/globals'
import { type BumpConfig, readBumpConfig } from '../src/index.ts'
import { type Files, failureOf, pyproject } from './project.ts'

const read = (files: Files, options = {}): BumpConfig | undefined =>
  readBumpConfig(path => files[path], options)
const refusal = (body: string): string => failureOf(() => read({ 'pyproject.toml': pyproject(body) }))

describe('the configuration', () => {
  it('is nowhere in a project without one', () => {
    expect(read({})).toBeUndefined()
    expect(read({ 'pyproject.toml': '[project]\nversion = "1.0.0"\n' })).toBeUndefined()
  })

  it('is not seen in a file that has only [[tool.bumpversion.files]], as with the tool', () => {
    expect(read({ 'pyproject.toml': '[[tool.bumpversion.files]]\nfilename = "a"\n' })).toBeUndefined()
  })

  it('is the file that is named, which must be one', () => {
    const files = {
      'a.toml': '[tool.bumpversion]\ncurrent_version = "3.0.0"\n',
      'pyproject.toml': pyproject('current_version = "1.0.0"'),
      'b.toml': '[tool.x]\n',
    }
    expect(read(files, { configFile: 'a.toml' })).toMatchObject({ path: 'a.toml', currentVersion: '3.0.0' })
    expect(failureOf(() => read(files, { configFile: 'c.toml' }))).toBe(
      'BUMP_CONFIG_MISSING: c.toml does not exist; correct config-file, or leave it out',
    )
    expect(failureOf(() => read(files, { configFile: 'b.toml' }))).toMatch(
      /^BUMP_CONFIG_MISSING: b\.toml has no \[tool\.bumpversion\] section;/,
    )
  })

  it('has no version in a project.version that is declared dynamic', () => {
    const text = '[project]\nversion = "1.0.0"\ndynamic = ["version"]\n[tool.bumpversion]\n'
    expect(read({ 'pyproject.toml': text })?.currentVersion).toBeUndefined()
    expect(read({ 'pyproject.toml': text.replace('dynamic', 'other') })?.currentVersion).toBe('1.0.0')
  })

  it('has the defaults of the tool', () => {
    expect(read({ 'pyproject.toml': pyproject('current_version = "1.0.0"') })).toEqual({
      path: 'pyproject.toml',
      currentVersion: '1.0.0',
      parse: '(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)',
      serialize: ['{major}.{minor}.{patch}'],
      parts: Object.fromEntries(
        ['major', 'minor', 'patch'].map(name => [name, { independent: false, alwaysIncrement: false }]),
      ),
      files: [],
      hooks: [],
      scm: {
        commit: false,
        message: 'Bump version: {current_version} → {new_version}',
        commitArgs: undefined,
        tag: false,
        signTags: false,
        tagName: 'v{new_version}',
        tagMessage: 'Bump version: {current_version} → {new_version}',
        moveableTags: [],
        allowDirty: false,
      },
    })
  })

  it('reports hooks and what it says of commit and tag, from INI as from TOML', () => {
    const toml = pyproject(
      'current_version = "1.0.0"\ncommit = true\ntag = true\nsign_tags = true\ntag_message = ""\ntag_name = "r{new_version}"\nmoveable_tags = ["v{new_major}"]\nsetup_hooks = ["a b"]\npre_commit_hooks = ["c"]\npost_commit_hooks = ["d | e"]',
    )
    const ini =
      '[bumpversion]\ncurrent_version = 1.0.0\ncommit = True\ntag = yes\nsign_tags = 1\ntag_message =\ntag_name = r{new_version}\nmoveable_tags = v{new_major}\nsetup_hooks = a b\npre_commit_hooks =\n  c\npost_commit_hooks = d | e\n'
    const expected = {
      hooks: ['a b', 'c', 'd | e'],
      scm: {
        commit: true,
        tag: true,
        signTags: true,
        tagMessage: '',
        tagName: 'r{new_version}',
        moveableTags: ['v{new_major}'],
      },
    }
    expect(read({ 'pyproject.toml': toml })).toMatchObject(expected)
    expect(read({ '.bumpversion.cfg': ini })).toMatchObject(expected)
  })

  it('takes BUMPVERSION_* before the file', () => {
    const env = {
      BUMPVERSION_CURRENT_VERSION: '2.0.0',
      BUMPVERSION_TAG_NAME: 'x{new_version}',
      BUMPVERSION_COMMIT: 'on',
    }
    expect(
      read({ 'pyproject.toml': pyproject('current_version = "1.0.0"\ncommit = false') }, { env }),
    ).toMatchObject({
      currentVersion: '2.0.0',
      scm: { tagName: 'x{new_version}', commit: true },
    })
  })

  it('gives files what the general options say, unless they say otherwise', () => {
    const config = read({
      'pyproject.toml': pyproject(
        'current_version = "1.0.0"\nregex = true\nsearch = "s"\nreplace = "r"\nignore_missing_files = true\nserialize = ["{major}"]\n[[tool.bumpversion.files]]\nfilename = "a"\n[[tool.bumpversion.files]]\nglob = "b*"\nglob_exclude = ["bc"]\nregex = false\nsearch = "t"\nreplace = ""\nserialize = ["{minor}"]\nignore_missing_file = false\n',
      ),
    })
    expect(config?.files).toMatchObject([
      {
        filename: 'a',
        regex: true,
        search: 's',
        replace: 'r',
        ignoreMissingFile: true,
        serialize: ['{major}'],
      },
      {
        glob: 'b*',
        globExclude: ['bc'],
        regex: false,
        search: 't',
        replace: '',
        ignoreMissingFile: false,
        serialize: ['{minor}'],
      },
    ])
  })

  it.each([
    [
      'files = 1',
      'pyproject.toml: tool.bumpversion.files must be a list of tables; write [[tool.bumpversion.files]]',
    ],
    ['files = [{ search = "x" }]', 'pyproject.toml: files[0] names no file; give filename or glob'],
    ['serialize = []', 'pyproject.toml: serialize must hold a format'],
    ['tag = "perhaps"', 'pyproject.toml: tag must be true or false, not "perhaps"'],
    ['serialize = [["x"]]', 'pyproject.toml: serialize must be a list of texts, not [["x"]]'],
    ['parse = ["x"]', 'pyproject.toml: parse must be a text, not ["x"]'],
    ['parse = "x"', 'pyproject.toml: parse has no named group such as (?P<major>\\d+)'],
    [
      'parse = "(?P<major>"',
      'pyproject.toml: parse is not a regular expression of Python: missing ), unterminated subpattern at position 0',
    ],
  ])('is refused with %s', (body, words) => {
    expect(refusal(body)).toBe(`BUMP_CONFIG_INVALID: ${words}`)
  })

  it('places a fault of syntax', () => {
    expect(refusal('x = ')).toMatch(/^pyproject\.toml:6:5: not valid TOML: .*\. Correct this line\.$/)
    const ini = (text: string): string => failureOf(() => read({ '.bumpversion.cfg': text }))
    expect(ini('[bumpversion]\nhello\n')).toBe(
      'BUMP_CONFIG_INVALID: .bumpversion.cfg:2: "hello" is neither a section nor "name = value"',
    )
    expect(ini('[bumpversion]\na = 1\nA = 2\n')).toBe(
      'BUMP_CONFIG_INVALID: .bumpversion.cfg:3: the option a is there twice',
    )
    expect(ini('a = 1\n[bumpversion]\n')).toMatch(/cfg:1: "a = 1" is neither/)
    expect(ini('[bumpversion]\n[bumpversion:file]\n')).toMatch(/\[bumpversion:file\] lacks a name/)
    expect(failureOf(() => read({ 'setup.cfg': '[bumpversion]\na = %(b)s\n' }))).toBe(
      'BUMP_CONFIG_INVALID: setup.cfg: [bumpversion]: "%(b)s" cannot be filled in; write %% for a percent sign',
    )
  })

  it.each([
    ['(?P<major>\\d+)(?(major)a|b)', '(?(major)…'],
    ['(?>(?P<major>\\d+))', '(?>…'],
    ['(?P<major>\\d++)', '++'],
    ['(?:(?P<major>\\d)|\\.)+', '(?P<major>…) in (…)+'],
    ['(?P<major>\\d)?\\1', '\\1'],
    ['(?P<major>\\N{DIGIT ONE})', '\\N{…'],
  ])('with the pattern %s is left to the tool', (pattern, fragment) => {
    expect(refusal(`parse = '${pattern}'`)).toBe(
      `BUMP_REGEX_UNSUPPORTED: parse uses "${fragment}" ; set engine: bump-my-version`,
    )
  })
})
