import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Files, gitRepo, runBundle } from '@tokenledger/testkit'
import { errors } from './bump-job.ts'

/** Commits `files` as v1.2.3 and a fix on top, and writes the next version into the checkout. */
async function bumped(files: Files, inputs: Readonly<Record<string, string>> = {}, tag = 'v1.2.3') {
  const repository = gitRepo(files)
  repository.git('tag', tag)
  repository.commit({ 'docs/a.md': 'a fix\n' }, 'fix: a sum')
  const run = await runBundle('version-bump', {
    workspace: repository.path,
    inputs: { mode: 'files', ...inputs },
  })
  const changed = repository.git('diff', '--name-only').split('\n').filter(Boolean)
  const read = (path: string) => readFileSync(join(repository.path, path), 'utf8')
  return { run, changed, read }
}

const HATCH = (extra = '') =>
  `[project]\nname = "shop"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "shop/about.py"\n${extra}`
const SETUPTOOLS =
  '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shop"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\nversion = { attr = "shop.__version__" }\n'

describe('without any configuration', () => {
  it.each<[string, Files, string, string]>([
    [
      "hatch's module",
      { 'pyproject.toml': HATCH(), 'shop/about.py': "# about\r\n__version__ = '1.2.3'  # released\r\n" },
      'shop/about.py',
      "# about\r\n__version__ = '1.2.4'  # released\r\n",
    ],
    [
      'a static version, with its comments',
      {
        'pyproject.toml': '[project]\nname = "shop"\nversion = "1.2.3" # ours\ndependencies = ["x==1.2.3"]\n',
      },
      'pyproject.toml',
      '[project]\nname = "shop"\nversion = "1.2.4" # ours\ndependencies = ["x==1.2.3"]\n',
    ],
    [
      'an attribute of setuptools',
      {
        'pyproject.toml': SETUPTOOLS,
        'src/shop/__init__.py': '__version__ = "1.2.3"\nAT_LEAST = "11.2.30"\n',
      },
      'src/shop/__init__.py',
      '__version__ = "1.2.4"\nAT_LEAST = "11.2.30"\n',
    ],
    [
      'package.json, with its indent',
      { 'package.json': '{\n    "name": "shop",\n    "version": "1.2.3"\n}\n' },
      'package.json',
      '{\n    "name": "shop",\n    "version": "1.2.4"\n}\n',
    ],
  ])('bumps %s', async (_what, files, path, after) => {
    const { run, changed, read } = await bumped(files)
    expect(errors(run)).toEqual([])
    expect(run.outputs).toMatchObject({ 'new-version': '1.2.4', part: 'patch', files: `["${path}"]` })
    expect(changed).toEqual([path])
    expect(read(path)).toBe(after)
  })

  it('takes a package of a monorepo, with its own tags', async () => {
    const { run } = await bumped(
      { 'packages/shop/pyproject.toml': '[project]\nname = "shop"\nversion = "1.2.3"\n' },
      { path: 'packages/shop', 'tag-format': '{name}-v{version}', part: 'minor', 'prerelease-label': 'rc' },
      'shop-v1.2.3',
    )
    expect(errors(run)).toEqual([])
    expect(run.outputs).toMatchObject({
      'new-version': '1.3.0rc1',
      tag: 'shop-v1.3.0rc1',
      'is-prerelease': 'true',
    })
  })

  it("keeps the repository's spelling of prereleases", async () => {
    const files = { 'pyproject.toml': '[project]\nname = "shop"\nversion = "1.3.0-rc.1"\n' }
    const { run } = await bumped(files, { part: 'prerelease' }, 'v1.3.0-rc.1')
    expect(run.outputs['new-version']).toBe('1.3.0-rc.2')
  })
})

describe('a configuration of bump-my-version', () => {
  const config = `[project]\nname = "shop"\nversion = "1.2.3"\n[tool.bumpversion]\ncurrent_version = "1.2.3"\n[[tool.bumpversion.files]]\nfilename = "a.txt"\n[[tool.bumpversion.files]]\nfilename = "b.txt"\n`

  it('is followed, with what it forgets beside it', async () => {
    const { run, changed, read } = await bumped({
      'pyproject.toml': config,
      'a.txt': 'v1.2.3 and 11.2.30\n',
      'b.txt': '1.2.3\n',
    })
    expect(errors(run)).toEqual([])
    expect(changed).toEqual(['a.txt', 'b.txt', 'pyproject.toml'])
    expect(read('a.txt')).toBe('v1.2.4 and 11.2.30\n')
    expect(read('pyproject.toml')).toContain(
      '\nversion = "1.2.4"\n[tool.bumpversion]\ncurrent_version = "1.2.4"',
    )
  })

  it('changes no byte when one of its files cannot be changed', async () => {
    const { run, changed } = await bumped({ 'pyproject.toml': config, 'a.txt': '1.2.3\n', 'b.txt': 'none\n' })
    expect(errors(run)).toEqual([
      expect.stringMatching(/^BUMP_SEARCH_MISSING: .*b\.txt.*no file was changed/),
    ])
    expect(changed).toEqual([])
  })
})

describe('places that still say an old version', () => {
  const files = {
    'pyproject.toml': '[project]\nname = "shop"\nversion = "1.2.3"\n',
    'shop/server.py': 'import x\n\napp = App(version="1.2.3")\n',
  }

  it('are named by path and line', async () => {
    const { run } = await bumped(files)
    expect(run.exitCode).toBe(0)
    expect(run.annotations).toEqual([
      {
        level: 'warning',
        message:
          '1 place says an old version and would not be changed from 1.2.3 to 1.2.4: shop/server.py:3.',
      },
    ])
    expect(run.summary).toContain('`shop/server.py:3`')
  })

  it('stop the bump with drift: error, and do not count with off', async () => {
    const stopped = await bumped(files, { drift: 'error' })
    expect(errors(stopped.run)).toEqual([
      expect.stringMatching(/^BUMP_DRIFT: 1 place says an old version .*server\.py:3;/),
    ])
    expect(stopped.changed).toEqual([])
    expect((await bumped(files, { drift: 'off' })).run.annotations).toEqual([])
  })
})
