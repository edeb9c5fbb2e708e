import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Files, runBundle, tempDir, writeFiles } from '@tokenledger/testkit'
import { parse } from 'yaml'
import { PROJECT } from '../../../packages/python-project/test/plan/project-in.ts'
import { TOKENLEDGER } from '../../../packages/python-project/test/plan/tokenledger.ts'

function detect(files: Files, inputs: Record<string, string> = {}) {
  const workspace = tempDir('arbeit ü ')
  writeFiles(workspace, files)
  return runBundle('detect-project', { workspace, inputs })
}

describe('the built action', () => {
  it('sets every output, prints every reason and writes the table', async () => {
    const run = await detect(TOKENLEDGER)
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({
      package: 'tokenledger',
      'python-versions': '["3.11","3.12","3.13"]',
      'test-extras': 'dev,all',
      'ruff-paths': 'tokenledger\ntests',
      'test-arguments': '-m\nnot integration',
      'has-dashboard': 'true',
      'dashboard-scripts': 'lint,build',
      'lock-file': 'uv.lock',
      'postgres-image': 'postgres:16-alpine',
    })
    const plan = JSON.parse(run.outputs.plan ?? '')
    expect(plan['python-versions']).toEqual({
      value: ['3.11', '3.12', '3.13'],
      reason: 'classifiers within requires-python',
    })
    expect(Object.keys(run.outputs).sort()).toEqual(['plan', 'unaffected', ...Object.keys(plan)].sort())
    expect(run.stdout).toContain('lint-extras: dev (the extra dev contains ruff)\n')
    expect(run.summary).toContain('### Plan for `tokenledger` in `.`')
    expect(run.summary).toContain(
      '| python-versions | `3.11, 3.12, 3.13` | classifiers within requires-python |',
    )
    expect(run.annotations).toEqual([])
  })

  it('declares exactly the outputs that it sets', async () => {
    const contract = parse(readFileSync(join(import.meta.dirname, '..', 'action.yml'), 'utf8'))
    const run = await detect({ 'pyproject.toml': PROJECT })
    expect(Object.keys(run.outputs).sort()).toEqual(Object.keys(contract.outputs).sort())
  })

  it('reads a member of a workspace with the lock and the Python of its root', async () => {
    const run = await detect(
      {
        'uv.lock': 'version = 1\n',
        '.python-version': '3.13\n',
        'libs/ein paket/pyproject.toml': PROJECT,
        'libs/ein paket/ledger.py': '',
      },
      { 'working-directory': 'libs/ein paket' },
    )
    expect(run.outputs).toMatchObject({
      'lock-file': '../../uv.lock',
      'default-python': '3.13',
      'package-directory': 'ledger.py',
    })
  })

  it('lets inputs win and says so', async () => {
    const run = await detect(TOKENLEDGER, {
      'python-versions': '["3.12"]',
      extras: 'ALL',
      'lint-extras': 'none',
      'dashboard-directory': 'none',
      'integration-marker': 'none',
      'ruff-paths': 'a b, c',
    })
    expect(run.outputs).toMatchObject({
      'python-versions': '["3.12"]',
      'default-python': '3.12',
      'test-extras': 'all',
      'lint-extras': '',
      'has-dashboard': 'false',
      'test-arguments': '',
      'ruff-paths': 'a b\nc',
    })
    expect(run.stdout).toContain('lint-extras: none (input lint-extras)\n')
  })

  it('warns at the classifier that contradicts requires-python', async () => {
    const text =
      '[project]\nname = "x"\nrequires-python = ">=3.11"\nclassifiers = [\n  "Programming Language :: Python :: 3.11",\n  "Programming Language :: Python :: 3.10",\n]\n'
    const run = await detect({ 'lib/pyproject.toml': text }, { 'working-directory': 'lib' })
    expect(run.exitCode).toBe(0)
    expect(run.outputs['python-versions']).toBe('["3.11"]')
    expect(run.annotations).toEqual([
      {
        level: 'warning',
        title: 'Classifier contradicts requires-python',
        message:
          'Classifier "Programming Language :: Python :: 3.10" contradicts requires-python ">=3.11", so CI leaves it out. Remove the classifier or widen requires-python.',
        file: 'lib/pyproject.toml',
        line: 6,
      },
    ])
  })

  it.each([
    [
      'no pyproject.toml',
      { 'README.md': '' },
      {},
      /^No pyproject\.toml in .*\. Run actions\/checkout before this step, or set working-directory\. The directory holds: README\.md$/,
    ],
    ['broken TOML', { 'pyproject.toml': '[project\n' }, {}, /pyproject\.toml:1:\d+: not valid TOML: /],
    [
      'broken JSON',
      { 'pyproject.toml': PROJECT },
      { 'python-versions': '["3.12"' },
      /^Input python-versions is not valid JSON: .*\. Give an array such as/,
    ],
    [
      'an unknown extra',
      TOKENLEDGER,
      { extras: 'al' },
      /^Extra "al" is not defined\. This project has: all, asyncpg, dev, openai\.$/,
    ],
    [
      'a Python out of range',
      { 'pyproject.toml': PROJECT },
      { 'default-python': '3.10' },
      /^Python 3\.10 does not satisfy requires-python ">=3\.12" in pyproject\.toml\.$/,
    ],
  ])('fails with one sentence on %s', async (_case, files, inputs, message) => {
    const run = await detect(files as Files, inputs as Record<string, string>)
    expect(run.exitCode).toBe(1)
    expect(run.annotations).toEqual([{ level: 'error', message: expect.stringMatching(message) }])
  })

  it('never runs code of the project', async () => {
    const marker = join(tempDir(), 'ran')
    const run = await detect({
      'pyproject.toml': PROJECT,
      'setup.py': `open(${JSON.stringify(marker)}, "w")`,
      'ledger/__init__.py': `open(${JSON.stringify(marker)}, "w")`,
    })
    expect(run.exitCode).toBe(0)
    expect(existsSync(marker)).toBe(false)
  })
})
