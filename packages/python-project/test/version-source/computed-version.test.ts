import { describe, expect, it } from '@jest/globals'
import { computedVersion } from '../../src/index.ts'
import { dynamicProject, found, type ProjectFiles, readerOf } from './project-files.ts'

const computed = (files: ProjectFiles, folder = '') => computedVersion(readerOf(files), folder)

describe('a version that comes from git tags', () => {
  it.each([
    [
      'hatch-vcs',
      'source = "vcs" of [tool.hatch.version] in pyproject.toml',
      'hatchling.build',
      '[tool.hatch.version]\nsource = "vcs"\n',
    ],
    [
      'setuptools-scm',
      '[tool.setuptools_scm] in pyproject.toml',
      'setuptools.build_meta',
      '[tool.setuptools_scm]\n',
    ],
    [
      'pdm-backend',
      'source = "scm" of [tool.pdm.version] in pyproject.toml',
      'pdm.backend',
      '[tool.pdm.version]\nsource = "scm"\n',
    ],
    [
      'uv-dynamic-versioning',
      'source = "uv-dynamic-versioning" of [tool.hatch.version] in pyproject.toml',
      'hatchling.build',
      '[tool.hatch.version]\nsource = "uv-dynamic-versioning"\n',
    ],
  ])('by %s is told with the setting, and there is nothing to edit', (tool, where, backend, rest) => {
    const files = { 'pyproject.toml': dynamicProject(backend, rest) }
    expect(computed(files)).toEqual({
      by: 'tags',
      path: 'pyproject.toml',
      reason: `${tool} (${where}) takes the version from git tags, so there is no file to edit.`,
    })
    expect(found(files)).toEqual([])
  })

  it('by setuptools-scm without a table, since it takes part in the build', () => {
    const pyproject = dynamicProject('setuptools.build_meta').replace(
      '["setuptools"]',
      '["setuptools", "setuptools_scm[simple]>=8"]',
    )
    expect(computed({ 'pyproject.toml': pyproject })?.reason).toBe(
      'setuptools-scm ([build-system] requires in pyproject.toml) takes the version from git tags, so there is no file to edit.',
    )
  })

  it('goes before the module that setuptools-scm writes', () => {
    const rest =
      '[tool.setuptools_scm]\nversion_file = "a/_version.py"\n[tool.setuptools.dynamic]\nversion = {attr = "a._version.version"}\n'
    const files = {
      'pyproject.toml': dynamicProject('setuptools.build_meta', rest),
      'a/_version.py': 'version = "1.0"\n',
    }
    expect([computed(files)?.by, found(files)]).toEqual(['tags', []])
  })

  it('goes before the placeholder of poetry-dynamic-versioning', () => {
    const poetry = '[tool.poetry]\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = true\n'
    expect([computed({ 'pyproject.toml': poetry })?.by, found({ 'pyproject.toml': poetry })]).toEqual([
      'tags',
      [],
    ])
    const off = poetry.replace('true', 'false')
    expect([computed({ 'pyproject.toml': off }), found({ 'pyproject.toml': off })]).toEqual([
      undefined,
      ['poetry pyproject.toml:2 0.0.0'],
    ])
  })
})

describe('a version that is computed elsewhere', () => {
  const remedy = 'Name the files that hold it under [[tool.bumpversion.files]].'
  const setuptools = 'setuptools.build_meta'
  const attr = '[tool.setuptools.dynamic]\nversion = {attr = "a.b.__version__"}\n'

  it.each<[string, string, ProjectFiles, string]>([
    [
      'hatchling.build',
      '[tool.hatch.version]\nsource = "env"\nvariable = "V"\n',
      {},
      'The version comes from source = "env" of [tool.hatch.version] in p/pyproject.toml.',
    ],
    [
      'hatchling.build',
      '[tool.hatch.version]\nsource = "code"\npath = "a.py"\nexpression = "read()"\n',
      { 'p/a.py': '' },
      'p/a.py computes read() (source = "code" of [tool.hatch.version] in p/pyproject.toml).',
    ],
    [
      'hatchling.build',
      '',
      {},
      'p/pyproject.toml has a dynamic version, and no table says where hatchling.build reads it.',
    ],
    [
      setuptools,
      '',
      {},
      'p/pyproject.toml has a dynamic version, and no table says where setuptools.build_meta reads it.',
    ],
    [
      setuptools,
      attr,
      { 'p/a/b.py': '__version__ = read()\n' },
      'p/a/b.py assigns no plain string to __version__ (version.attr of [tool.setuptools.dynamic] in p/pyproject.toml: "a.b.__version__").',
    ],
    [
      setuptools,
      attr,
      {},
      'There is no module a.b in p/src or p (version.attr of [tool.setuptools.dynamic] in p/pyproject.toml: "a.b.__version__").',
    ],
    [
      setuptools,
      '[tool.setuptools.dynamic]\nversion = {file = ["A", "B"]}\n',
      {},
      'version.file of [tool.setuptools.dynamic] in p/pyproject.toml names 2 files.',
    ],
    [
      'pdm.backend',
      '[tool.pdm.version]\nsource = "call"\ngetter = "a:b"\n',
      {},
      'The version comes from source = "call" of [tool.pdm.version] in p/pyproject.toml.',
    ],
    ['flit_core.buildapi', '', {}, "flit's module tokenledger is neither here nor in src."],
    [
      'flit_core.buildapi',
      '',
      { 'p/tokenledger.py': 'from x import __version__\n' },
      'p/tokenledger.py assigns no plain string to __version__, which flit reads.',
    ],
    ['maturin', '', {}, 'p/pyproject.toml has a dynamic version, and no table says where maturin reads it.'],
  ])('by %s %s', (backend, rest, others, reason) => {
    const files = { 'p/pyproject.toml': dynamicProject(backend, rest), ...others }
    expect(computed(files, 'p')).toEqual({
      by: 'elsewhere',
      path: 'p/pyproject.toml',
      reason: `${reason} ${remedy}`,
    })
    expect(found(files, 'p')).toEqual([])
  })

  it('is none of a static one, nor of a folder without a project', () => {
    expect(computed({ 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\n' })).toBeUndefined()
    expect(computed({ 'pyproject.toml': '[tool.ruff]\n' })).toBeUndefined()
    expect(computed({})).toBeUndefined()
  })

  it('ends where modules import from each other in a circle', () => {
    const files = {
      'p/pyproject.toml': dynamicProject(setuptools, attr),
      'p/a/b.py': 'from .c import __version__\n',
      'p/a/c.py': 'from a.b import __version__\n',
    }
    expect(found(files, 'p')).toEqual([])
  })
})
