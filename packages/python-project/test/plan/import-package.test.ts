import { describe, expect, it } from '@jest/globals'
import { PROJECT, valuesOf } from './project-in.ts'

async function packageOf(settings: string, ...files: string[]): Promise<unknown> {
  const contents = Object.fromEntries(files.map(file => [file, '']))
  const values = await valuesOf({ 'pyproject.toml': settings, ...contents })
  return values['package-directory']
}
const named = (name: string, more = '') => `[project]\nname = "${name}"\nversion = "1"\n${more}`

describe('the package', () => {
  it.each([
    ['src layout', named('my-ledger'), ['src/my_ledger/__init__.py', 'my_ledger/x.py'], 'src/my_ledger'],
    ['flat layout, spelt with capitals', named('my.ledger'), ['My_Ledger/__init__.py'], 'My_Ledger'],
    ['namespace package', named('acme-ledger'), ['src/acme/ledger/__init__.py'], 'src/acme/ledger'],
    ['single module', named('my-ledger'), ['my_ledger.py', 'conftest.py'], 'my_ledger.py'],
    ['the only package', named('dist-name'), ['src/other/__init__.py', 'tests/__init__.py'], 'src/other'],
    ['not the tests', named('dist-name'), ['tests/__init__.py', 'docs/__init__.py'], ''],
    ['two candidates', named('dist-name'), ['a/__init__.py', 'b/__init__.py'], ''],
    ['a package called build', named('build'), ['src/build/__init__.py', 'build/lib/x.py'], 'src/build'],
  ])('is found: %s', async (_case, settings, files, expected) => {
    expect(await packageOf(settings, ...files)).toBe(expected)
  })

  it.each([
    ['hatchling', '[tool.hatch.build.targets.wheel]\npackages = ["./code/core"]', 'code/core'],
    ['uv', '[tool.uv.build-backend]\nmodule-name = "core"\nmodule-root = "code"', 'code/core'],
    ['Poetry', '[tool.poetry]\npackages = [{ include = "core", from = "code" }]', 'code/core'],
    [
      'hatchling with two packages',
      '[tool.hatch.build.targets.wheel]\npackages = ["code/core", "ledger"]',
      'ledger',
    ],
    ['PDM that includes src', '[tool.pdm.build]\nincludes = ["src"]', 'src/ledger'],
    ['PDM', '[tool.pdm.build]\npackage-dir = "code"', 'code/core'],
    ['Flit', '[tool.flit.module]\nname = "flat"', 'flat'],
    ['setuptools', '[tool.setuptools]\npackages = ["core"]\npackage-dir = { "" = "code" }', 'code/core'],
    ['setuptools find', '[tool.setuptools.packages.find]\nwhere = ["code"]', 'code/core'],
    ['a setting for what is not there', '[tool.flit.module]\nname = "gone"', 'src/ledger'],
  ])('follows the settings of %s', async (_backend, settings, expected) => {
    const files = ['code/core/__init__.py', 'flat/__init__.py', 'ledger/__init__.py', 'src/ledger/x.py']
    expect(await packageOf(PROJECT + settings, ...files)).toBe(expected)
  })
})

describe('the version', () => {
  const source = async (settings: string, files: Record<string, string> = {}) =>
    (await valuesOf({ 'pyproject.toml': settings, ...files }))['version-source']
  const dynamic = '[project]\nname = "ledger"\ndynamic = ["version"]\n'

  it('comes from pyproject.toml, a file, or git tags', async () => {
    expect(await source(PROJECT)).toBe('pyproject.toml')
    expect(await source(`${dynamic}[tool.hatch.version]\nsource = "vcs"`)).toBe('git tags')
    expect(await source(`${dynamic}[tool.setuptools_scm]`)).toBe('git tags')
    expect(await source(`${dynamic}[tool.pdm.version]\nsource = "file"\npath = "a.py"`)).toBe('a.py')
    expect(await source(`${dynamic}[tool.setuptools.dynamic]\nversion = { file = ["VERSION"] }`)).toBe(
      'VERSION',
    )
    const init = { 'src/ledger/__init__.py': '"""Ledger."""\n__version__: str = "1"\n' }
    expect(await source(dynamic, init)).toBe('src/ledger/__init__.py')
    expect(await source(dynamic)).toBe('')
  })
})
