import { describe, expect, it } from '@jest/globals'
import { findVersionSources, versionEdits } from '../../src/index.ts'
import { builtVersions } from './build-backends.ts'
import { dynamicProject, type ProjectFiles, readerOf } from './project-files.ts'

const SETUPTOOLS = 'setuptools.build_meta'
const PROSE = `"""An example.

__version__ = "9.9.9"
"""
`
const attr = (rest = '') =>
  dynamicProject(
    SETUPTOOLS,
    `\n[tool.setuptools.dynamic]\nversion = {attr = "tokenledger.__version__"}\n${rest}`,
  )

const PROJECTS: Readonly<Record<string, ProjectFiles>> = {
  'hatch, default pattern': {
    'pyproject.toml': dynamicProject(
      'hatchling.build',
      '\n[tool.hatch.version]\npath = "tokenledger/__init__.py"\n\n[tool.hatch.build.targets.wheel]\npackages = ["tokenledger"]\n',
    ),
    'tokenledger/__init__.py': '# 1.2.3\n__version__ = "1.2.3"  # not 1.2.3\nOTHER = "1.2.3"\n',
  },
  'hatch, VERSION with v and single quotes': {
    'pyproject.toml': dynamicProject('hatchling.build', '\n[tool.hatch.version]\npath = "about.py"\n'),
    'about.py': "minimum = '1.2.3'\nversion = 'v1.2.3'\n",
    'tokenledger/__init__.py': '',
  },
  'hatch, custom pattern in a file with CRLF': {
    'pyproject.toml': dynamicProject(
      'hatchling.build',
      "\n[tool.hatch.version]\npath = 'VERSION.txt'\npattern = '(?i)\\Aname: tokenledger\\nversion:\\s*(?P<version>[^\\s]+)$'\n",
    ),
    'VERSION.txt': 'Name: tokenledger\r\nVersion: 1.2.3\r\nOther: 1.2.3\r\n',
    'tokenledger/__init__.py': '',
  },
  'hatch, hatch.toml': {
    'pyproject.toml': dynamicProject('hatchling.build', '\n[tool.hatch.version]\npath = "old.py"\n'),
    'hatch.toml': '[version]\npath = "tokenledger/__about__.py"\n',
    'old.py': '__version__ = "0.0.1"\n',
    'tokenledger/__init__.py': '',
    'tokenledger/__about__.py': '__version__ = "1.2.3"\n',
  },
  'hatch, code': {
    'pyproject.toml': dynamicProject(
      'hatchling.build',
      '\n[tool.hatch.version]\nsource = "code"\npath = "tokenledger/__about__.py"\nexpression = "release"\n',
    ),
    'tokenledger/__init__.py': '',
    'tokenledger/__about__.py': `${PROSE}release: str = "1.2.3"\n`,
  },
  'setuptools attr, flat': {
    'pyproject.toml': attr(),
    'tokenledger/__init__.py': `${PROSE}__version__ = "1.2.3"\n`,
  },
  'setuptools attr, src': {
    'pyproject.toml': attr(),
    'src/tokenledger/__init__.py': '__version__: str = "1.2.3"\n',
  },
  'setuptools attr, package-dir': {
    'pyproject.toml': attr('[tool.setuptools.package-dir]\n"" = "lib"\n'),
    'lib/tokenledger/__init__.py': '__all__ = version = __version__ = "1.2.3"; other = 1\n',
    'src/tokenledger/__init__.py': '__version__ = "0.0.1"\n',
  },
  'setuptools attr, package-dir of the package': {
    'pyproject.toml': attr(
      '[tool.setuptools]\npackages = ["tokenledger"]\npackage-dir = {tokenledger = "python/ledger"}\n',
    ),
    'python/ledger/__init__.py': "__version__ = '1.2.3'\n",
  },
  'setuptools attr, packages.find where': {
    'pyproject.toml': attr('[tool.setuptools.packages.find]\nwhere = ["python"]\n'),
    'python/tokenledger/__init__.py': '__version__ = "1.2.3"\n',
  },
  'setuptools attr, a module alone': {
    'pyproject.toml': attr('[tool.setuptools]\npy-modules = ["tokenledger"]\n'),
    'tokenledger.py': '__version__ = "1.2.3"\n',
  },
  'setuptools attr, imported': {
    'pyproject.toml': attr(),
    'tokenledger/__init__.py':
      'from tokenledger.about import (  # why\n    other,\n    release as __version__,\n)\n',
    'tokenledger/about.py': 'other = 1\nrelease = "1.2.3"\n',
  },
  'setuptools file': {
    'pyproject.toml': dynamicProject(
      SETUPTOOLS,
      '\n[tool.setuptools]\npackages = []\n\n[tool.setuptools.dynamic]\nversion = {file = ["VERSION"]}\n',
    ),
    VERSION: '1.2.3\r\n',
  },
  flit: {
    'pyproject.toml': dynamicProject('flit_core.buildapi'),
    'src/tokenledger/__init__.py': `${PROSE}__version__ = "1.2.3"\n`,
  },
  'flit, files beside': {
    'pyproject.toml': dynamicProject('flit_core.buildapi'),
    'tokenledger/__init__.py': '"An example."\nfrom .about import __version__\n',
    'tokenledger/about.py': '__version__ = "0.0.2"\n',
    'tokenledger/_version.py': '__version__ = "1.2.3"\n',
    'tokenledger/__version__.py': '__version__ = "0.0.1"\n',
  },
  'flit, the package before a file beside': {
    'pyproject.toml': dynamicProject('flit_core.buildapi'),
    'tokenledger/__init__.py': '"An example."\n__version__ = "1.2.3"\n',
    'tokenledger/version.py': '__version__ = "0.0.1"\n',
  },
  'flit, an import': {
    'pyproject.toml': dynamicProject('flit_core.buildapi', '\n[tool.flit.module]\nname = "ledger"\n'),
    'ledger/__init__.py': '"""An example."""\nfrom .about import __version__\n',
    'ledger/about.py': '__version__ = "1.2.3"\n',
  },
  pdm: {
    'pyproject.toml': dynamicProject(
      'pdm.backend',
      '\n[tool.pdm.version]\nsource = "file"\npath = "tokenledger/__init__.py"\n',
    ),
    'tokenledger/__init__.py': `text = "__version__ = '9.9.9'"\n__version__ = '1.2.3' # here\n`,
  },
  'pdm, own pattern': {
    'pyproject.toml': dynamicProject(
      'pdm.backend',
      "\n[tool.pdm.version]\npath = 'about.txt'\npattern = 'release (?:is )?([\\d.]+\\S*)'\n",
    ),
    'about.txt': 'The release is 1.2.3 \n',
    'tokenledger/__init__.py': '',
  },
  'static, with hatchling': {
    'pyproject.toml': `${dynamicProject('hatchling.build').replace('dynamic = ["version"]', 'version = "1.2.3"')}\n[tool.hatch.version]\npath = "none.py"\n`,
    'tokenledger/__init__.py': '__version__ = "0.0.1"\n',
  },
  poetry: {
    'pyproject.toml':
      '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "tokenledger"\nversion = "1.2.3"\ndescription = ""\nauthors = []\n',
    'tokenledger/__init__.py': '',
  },
  'poetry, dynamic': {
    'pyproject.toml':
      '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[project]\nname = "tokenledger"\ndynamic = ["version"]\n\n[tool.poetry]\nversion = "1.2.3"\n',
    'tokenledger/__init__.py': '',
  },
}

describe('the version that the build backend reads', () => {
  const names = Object.keys(PROJECTS)
  const before = Object.values(PROJECTS)
  const after = before.map(files => changed(files, '1.3.0rc1'))
  const built = builtVersions([...before, ...after])

  it.each(names.map((name, index) => ({ name, index })))('is found and changed: $name', ({ index }) => {
    const sources = findVersionSources(readerOf(before[index] ?? {}), '')
    expect(sources.map(({ version }) => version)).toEqual(['1.2.3'])
    expect({ before: built[index], after: built[index + names.length] }).toEqual({
      before: '1.2.3',
      after: '1.3.0rc1',
    })
  })

  it.each(names.map((name, index) => ({ name, index })))('is all that changes: $name', ({ index }) => {
    const [old, edited] = [before[index] ?? {}, after[index] ?? {}]
    const source = findVersionSources(readerOf(old), '')[0]
    const differing = Object.keys(old).filter(path => old[path] !== edited[path])
    expect(differing).toEqual([source?.path])
    const [path = ''] = differing
    const line = (text = '') => text.split('\n')[(source?.line ?? 0) - 1]
    expect(line(edited[path])).toBe(line(old[path])?.replace(/(?<!not )1\.2\.3/, '1.3.0rc1'))
    expect(edited[path]?.length).toBe((old[path]?.length ?? 0) + '1.3.0rc1'.length - '1.2.3'.length)
  })
})

function changed(files: ProjectFiles, next: string): ProjectFiles {
  const read = readerOf(files)
  const edits = versionEdits(findVersionSources(read, ''), next, read)
  return { ...files, ...Object.fromEntries(edits.map(({ path, after }) => [path, after])) }
}
