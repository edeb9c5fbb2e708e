import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { runComposite } from './run-step.ts'
import { pathWithUv } from './uv.ts'

const PATH = pathWithUv()
const PYPROJECT = '[project]\nname = "small"\nversion = "1.0"\n'
const GOOD = { 'pyproject.toml': PYPROJECT, 'small/__init__.py': 'def answer() -> int:\n    return 42\n' }
const tools = tempDir('tools-')

beforeAll(() => {
  const uv = (...args: string[]) => spawnSync('uv', args, { env: { ...process.env, PATH }, encoding: 'utf8' })
  uv('venv', '--quiet', tools)
  const { status, stderr } = uv('pip', 'install', '--quiet', '--python', tools, 'ruff', 'mypy')
  if (status !== 0) throw new Error(stderr)
})

const check = (files: Files, inputs: Record<string, string> = {}, environment = tools) => {
  const folder = tempDir('project-')
  writeFiles(folder, files)
  const given = { 'mypy-paths': 'small', ...inputs }
  return runComposite('python-quality', given, folder, { PATH, VIRTUAL_ENV: environment })
}

describe('python-quality', () => {
  it('passes clean code and says so in one table', async () => {
    const { status, outputs, summary } = await check(GOOD)
    expect(status).toBe(0)
    expect(outputs).toEqual({
      'format-findings': '0',
      'lint-findings': '0',
      'types-findings': '0',
      verdict: 'passed',
    })
    expect(summary).toContain('### Code quality: ✅ passed')
    expect(summary).toContain('| Types | `mypy small` | ✅ no findings |  |')
  })

  it('runs every check although the first fails, with an annotation at each finding', async () => {
    const { status, log, outputs, summary } = await check({
      ...GOOD,
      'small/bad.py': 'import os\n\n\ndef f(x:int) -> str:\n    return x\n',
    })
    expect(status).toBe(1)
    expect(outputs).toEqual({
      'format-findings': '1',
      'lint-findings': '1',
      'types-findings': '1',
      verdict: 'failed',
    })
    expect(log).toMatch(
      /^::error title=ruff format,file=small\/bad\.py,line=\d::Not formatted; run `ruff format \.` and commit\.$/m,
    )
    expect(log).toMatch(/^::error title=ruff F401,file=small\/bad\.py,line=1,col=8::F401 /m)
    expect(log).toMatch(
      /^::error title=mypy return-value,file=small\/bad\.py,line=5,col=12::.* \[return-value\]$/m,
    )
    expect(summary).toContain('### Code quality: ❌ 3 checks of 3 failed')
    expect(summary).toContain('| 1 | F401 | yes |')
  })

  it('names files relative to the workspace when the project is in a folder of it', async () => {
    const files = Object.fromEntries(Object.entries(GOOD).map(([path, text]) => [`server/${path}`, text]))
    const { log } = await check(
      { ...files, 'server/small/bad.py': 'import os\n' },
      { 'working-directory': 'server' },
    )
    expect(log).toMatch(/^::error title=ruff F401,file=server\/small\/bad\.py,line=1/m)
  })

  it('prints ten annotations of many and leaves the rest to the log', async () => {
    const imports = Array.from({ length: 14 }, (_, index) => `import os as name_${index}\n`).join('')
    const { log } = await check(
      { ...GOOD, 'small/bad.py': imports },
      { checks: 'lint', 'ruff-arguments': '--select F401' },
    )
    expect(log.match(/^::error title=ruff F401/gm)).toHaveLength(9)
    expect(log).toContain('::error::5 more of this kind; see the log of this step.')
  })

  it('tells a tool that failed from a tool that found nothing', async () => {
    const { status, outputs, log, summary } = await check({
      ...GOOD,
      'pyproject.toml': `${PYPROJECT}[tool.ruff]\nline-length = "long"\n`,
    })
    expect(status).toBe(1)
    expect(outputs).toMatchObject({
      'format-findings': '',
      'lint-findings': '',
      'types-findings': '0',
      verdict: 'failed',
    })
    expect(log).toContain('::error title=ruff failed::ruff could not check the code (exit 2):')
    expect(summary).toContain('❌ ruff failed (exit 2)')
  })

  it('counts a syntax error that stops mypy as a finding at its line', async () => {
    const { status, log } = await check({ ...GOOD, 'small/bad.py': 'def (\n' }, { checks: 'types' })
    expect(status).toBe(1)
    expect(log).toMatch(/^::error title=mypy syntax,file=small\/bad\.py,line=1/m)
  })

  it.each([
    [
      '[project.optional-dependencies]\ndev = ["mypy>=1.16"]\n',
      'It is in the extra "dev": install it with "extras: dev" on the set-up step.',
    ],
    [
      '[dependency-groups]\nlint = ["mypy"]\n',
      'It is in the dependency group "lint": install it with "groups: lint" on the set-up step.',
    ],
    [
      '[dependency-groups]\ndev = ["mypy-extensions"]\n',
      'No extra or dependency group of pyproject.toml names it: run "uv add --dev mypy", commit,',
    ],
  ])('says how to install a tool that is missing: %j', async (declared, remedy) => {
    const empty = tempDir('empty-')
    const bin = tempDir('path-')
    spawnSync('ln', ['-s', join(PATH.split(':')[0] as string, 'uv'), join(bin, 'uv')])
    const folder = tempDir('project-')
    writeFiles(folder, { ...GOOD, 'pyproject.toml': `${PYPROJECT}${declared}` })
    const run = await runComposite('python-quality', { checks: 'types' }, folder, {
      PATH: `${bin}:/usr/bin:/bin`,
      VIRTUAL_ENV: empty,
      UV_PYTHON: spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
        encoding: 'utf8',
      }).stdout.trim(),
    })
    expect(run.status).toBe(1)
    expect(run.log).toContain(`mypy is not installed in the project's environment. ${remedy}`)
    expect(run.outputs.verdict).toBe('failed')
  })

  it('refuses a check that it does not know', async () => {
    const { status, log } = await check(GOOD, { checks: 'format,typos' })
    expect(status).toBe(1)
    expect(log).toContain('::error::Input checks is "typos"; allowed: format, lint, types.')
  })
})
