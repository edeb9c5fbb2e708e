import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { writeFiles } from '@tokenledger/testkit'
import { env, INSTALLED, machine, shape } from './install-job.ts'

describe('Python', () => {
  beforeEach(() => machine.project())

  it('comes from the tool cache first, and its directory goes on PATH when nothing is installed', async () => {
    const system = (await machine.run({ install: 'none' }, env)).outputs['python-path'] ?? ''
    const root = join(machine.toolCache, 'Python', '3.11.99')
    mkdirSync(root, { recursive: true })
    // The interpreter of this computer in the place of a hosted one.
    symlinkSync(dirname(dirname(system)), join(root, process.arch))
    writeFileSync(join(root, `${process.arch}.complete`), '')
    const path = join(root, process.arch, 'bin', 'python3.11')

    const run = await machine.run({ install: 'none' }, env)
    expect(run.outputs).toMatchObject({
      'python-path': path,
      'python-source': 'tool-cache',
      'python-version': '3.11.99',
    })
    expect(run.path.at(-1)).toBe(dirname(path))
    expect(run.stdout).toContain(`Python 3.11 (input python-version): ${path} (tool-cache)`)
    expect((await machine.run({}, env)).outputs['python-path']).toBe(path)
    rmSync(join(machine.toolCache, 'Python'), { recursive: true })
  })

  it('is a given path, which has to be a CPython', async () => {
    const path = (await machine.run({ install: 'none' }, env)).outputs['python-path'] ?? ''
    expect((await machine.run({ 'python-version': path }, env)).outputs['python-path']).toBe(path)
    const wrong = await machine.run({ 'python-version': '/bin/ls' }, env)
    expect(wrong.exitCode).toBe(1)
    expect(wrong.annotations[0]?.message).toMatch(
      /^"\/bin\/ls" \(input python-version\) is not a usable CPython: .+\. Give the path of an interpreter, or a version\.$/,
    )
  })

  it('is the floor of requires-python without any word about it, else that of .python-version', async () => {
    const floor = await machine.run({ install: 'none', 'python-version': '' }, env)
    expect(floor.stdout).toContain('Python 3.11 (lowest minor that requires-python ">=3.11" allows): ')
    writeFiles(machine.workspace, { '.python-version': '3.11\n' })
    const file = await machine.run({ install: 'none', 'python-version': '' }, env)
    expect(file.stdout).toContain('Python 3.11 (.python-version): ')
  })
})

describe('an environment that is there already', () => {
  it('is made anew without a lock, so that nothing old stays in it', async () => {
    machine.project({ dependencies: ['iniconfig', 'packaging'] })
    expect((await machine.run({ project: 'none' }, env)).exitCode).toBe(0)
    machine.project({ dependencies: ['iniconfig'] })
    expect((await machine.run({ project: 'none' }, env)).exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('iniconfig')
  })
})

describe('a member of a uv workspace', () => {
  it('is installed from the lock of the workspace into an environment of its own directory', async () => {
    machine.project({ more: '[tool.uv.workspace]\nmembers = ["packages/*"]' })
    const member =
      '[project]\nname = "member"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["packaging"]\n'
    writeFiles(machine.workspace, { 'packages/member/pyproject.toml': member })
    machine.lock()
    const run = await machine.run({ 'working-directory': 'packages/member', install: 'locked' }, env)
    expect(run.annotations).toEqual([])
    expect(run.exitCode).toBe(0)
    expect(run.outputs['venv-path']).toBe(join(machine.workspace, 'packages', 'member', '.venv'))
    expect(run.env.UV_PROJECT_ENVIRONMENT).toBe(run.outputs['venv-path'])
    expect(run.stdout).toMatch(/ · [12] packages? · /)
  })
})

describe('what the author of the workflow can mend', () => {
  const messages = async (inputs: Record<string, string>, more: Record<string, string> = {}) => {
    const run = await machine.run(inputs, { ...env, ...more })
    expect(run.exitCode).toBe(1)
    return run.annotations.map(({ message }) => message)
  }

  it('no pyproject.toml', async () => {
    writeFiles(machine.workspace, { 'README.md': '', 'src/x.py': '' })
    expect(await messages({})).toEqual([
      `No pyproject.toml in ${machine.workspace}. Run actions/checkout before this step, or set working-directory. ` +
        'The directory holds: README.md, src',
    ])
  })

  it('an extra or a group that is not defined', async () => {
    machine.project(shape)
    expect(await messages({ extras: 'al' })).toEqual([
      'Extra "al" is not defined. This project has: all, server.',
    ])
    expect(await messages({ groups: 'tests' })).toEqual([
      'Dependency group "tests" is not defined. This project has: dev, docs.',
    ])
  })

  it('a Python outside of requires-python', async () => {
    machine.project({ requiresPython: '>=3.11' })
    expect(await messages({ 'python-version': '3.10' })).toEqual([
      'Python 3.10 does not satisfy requires-python ">=3.11" in pyproject.toml.',
    ])
  })

  it('a Python that is nowhere and that uv may not download', async () => {
    machine.project()
    const [message, ...others] = await messages({ 'python-version': '3.99' })
    expect(others).toEqual([])
    expect(message).toMatch(
      /^No Python for "3\.99": not in the tool cache \(has none\), not on PATH, and uv could not download it: .+\. On an offline runner set UV_PYTHON_INSTALL_MIRROR or pre-install it in RUNNER_TOOL_CACHE\.$/,
    )
  })

  it('a value that an input does not know', async () => {
    machine.project()
    expect(await messages({ 'cache-content': 'some' })).toEqual([
      'Input cache-content is "some"; allowed: auto, all, built, venv.',
    ])
    expect(await messages({ resolution: 'highest', install: 'locked' })).toEqual([
      'Input install is "locked", but resolution "highest" does not use uv.lock; allowed with it: auto, unlocked, none.',
    ])
  })
})
