import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { writeFiles } from '@tokenledger/testkit'
import { type Machine, startMachine } from './machine.ts'

const INSTALLED = 'import importlib.metadata as m; print(*sorted(d.name for d in m.distributions()))'

let machine: Machine
/** One uv cache for all tests here, so that each wheel is fetched once; its path has a space in it. */
let env: Record<string, string>

beforeAll(async () => {
  machine = await startMachine('Größe und Maß')
  env = { UV_CACHE_DIR: join(machine.temp, '..', 'uv cache') }
}, 120_000)
afterAll(() => machine.close())
beforeEach(() => {
  for (const name of readdirSync(machine.workspace))
    rmSync(join(machine.workspace, name), { recursive: true })
  machine.newJob()
})

const shape = {
  extras: { server: ['packaging'], all: ['ledger-demo[server]'] },
  groups: { dev: ['pluggy'], docs: ['colorama'] },
}

describe('a project with a current uv.lock, in a path with spaces and umlauts', () => {
  beforeEach(() => {
    machine.project(shape)
    machine.lock()
  })

  it('is installed as locked, editable, with its default group, and the job finds everything', async () => {
    const run = await machine.run({}, env)
    expect(run.annotations).toEqual([])
    expect(run.exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('iniconfig ledger-demo pluggy')
    expect(machine.python('import ledger_demo; print(ledger_demo.__file__)')).toContain('src/ledger_demo')
    const venv = join(machine.workspace, '.venv')
    expect(run.outputs).toMatchObject({ 'venv-path': venv, 'cache-hit': 'off', 'uv-source': 'tool-cache' })
    expect(run.outputs['python-version']).toMatch(/^3\.11\.\d+$/)
    expect(run.env).toMatchObject({ VIRTUAL_ENV: venv, UV_PYTHON: run.outputs['python-path'] })
    expect(run.env).not.toHaveProperty('UV_CACHE_DIR')
    expect(run.path).toEqual([
      join(machine.toolCache, 'uv', run.outputs['uv-version'] ?? '', 'x64'),
      join(venv, 'bin'),
    ])
    expect(run.stdout).toMatch(
      /uv \S+ \(tool-cache\) · CPython 3\.11\.\d+ \(system\) · 3 packages · cache off \(this runner offers no cache service\) · \d+\.\d s \(cache 0\.0, uv \d\.\d, sync \d+\.\d\)/,
    )
    expect(run.summary).toContain('| Python | uv | packages | cache | set-up |')
  })

  it('gets the extras and groups of a list, and no default group then', async () => {
    const run = await machine.run({ extras: 'All', groups: 'docs' }, env)
    expect(run.exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('colorama iniconfig ledger-demo packaging')
  })

  it('gets everything for *, and the dependencies alone for project: none', async () => {
    const run = await machine.run({ extras: '*', groups: '*', project: 'none' }, env)
    expect(run.exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('colorama iniconfig packaging pluggy')
  })

  it('gets no group for none, without a lock as well', async () => {
    expect((await machine.run({ groups: 'none' }, env)).exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('iniconfig ledger-demo')
    machine.newJob()
    expect((await machine.run({ groups: 'none', install: 'unlocked' }, env)).exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('iniconfig ledger-demo')
  })

  it('keeps its environment in a later uv run and in a second step of this action', async () => {
    const run = await machine.run({}, env)
    const step = { ...env, ...run.env }
    const said = machine.uvRun(['python', '-c', 'import sys; print(sys.prefix)'], step)
    expect(said).toContain(run.outputs['venv-path'])
    expect(said).not.toMatch(/Creating virtual environment|Removed virtual environment/)
    const again = await machine.run({}, step)
    expect(again.exitCode).toBe(0)
    expect(again.stdout).not.toContain('Creating virtual environment')
    expect(again.env).toEqual(run.env)
  })

  it('is not installed for install: none', async () => {
    const run = await machine.run({ install: 'none', extras: 'nonsense' }, env)
    expect(run.exitCode).toBe(0)
    expect(existsSync(join(machine.workspace, '.venv'))).toBe(false)
    expect(run.env).not.toHaveProperty('VIRTUAL_ENV')
    expect(run.stdout).toContain('cache off (nothing is installed)')
  })

  it('goes to another place with venv, which uv then knows; activate: false leaves PATH alone', async () => {
    const run = await machine.run({ venv: '../my venv', activate: 'false' }, env)
    const venv = join(machine.workspace, '..', 'my venv')
    expect(run.exitCode).toBe(0)
    expect(existsSync(join(venv, 'bin', 'python'))).toBe(true)
    expect(run.env).toMatchObject({ UV_PROJECT_ENVIRONMENT: venv })
    expect(run.env).not.toHaveProperty('VIRTUAL_ENV')
    expect(run.path).toHaveLength(1)
  })

  it('never overwrites a variable of the caller, and says where that matters', async () => {
    const caller = { ...env, UV_PYTHON: '3.12', UV_LINK_MODE: 'symlink' }
    const run = await machine.run({}, caller)
    expect(run.exitCode).toBe(0)
    expect(run.env).not.toHaveProperty('UV_PYTHON')
    expect(run.annotations.map(({ message }) => message)).toEqual([
      'UV_PYTHON is "3.12" and stays so, but python-version is "3.11": a later "uv run" uses the former. Remove one of the two.',
    ])
  })
})

describe('a project with a stale uv.lock', () => {
  beforeEach(() => {
    machine.project(shape)
    machine.lock()
    machine.project({ ...shape, dependencies: ['iniconfig', 'packaging'] })
  })

  it('gets one warning on uv.lock and a fresh resolution, and uv.lock stays as it was', async () => {
    const before = readFileSync(join(machine.workspace, 'uv.lock'), 'utf8')
    const run = await machine.run({}, env)
    expect(run.exitCode).toBe(0)
    expect(run.annotations).toEqual([
      {
        level: 'warning',
        file: 'uv.lock',
        message:
          'uv.lock is out of date for pyproject.toml, so the newest versions that pyproject.toml allows were installed instead. ' +
          'Run "uv lock" and commit uv.lock.',
      },
    ])
    expect(machine.python(INSTALLED)).toBe('iniconfig ledger-demo packaging pluggy')
    expect(readFileSync(join(machine.workspace, 'uv.lock'), 'utf8')).toBe(before)
  })

  it('fails under install: locked with the remedy and the words of uv, and sets what is known', async () => {
    const run = await machine.run({ install: 'locked' }, env)
    expect(run.exitCode).toBe(1)
    expect(run.annotations).toHaveLength(1)
    expect(run.annotations[0]?.message).toMatch(
      /^uv\.lock is out of date for pyproject\.toml \(uv sync --locked, exit [12]\)\. Run "uv lock" and commit uv\.lock, or set install: frozen\. uv said: .*needs to be updated/s,
    )
    expect(run.outputs).toMatchObject({
      'uv-source': 'tool-cache',
      'python-source': 'system',
      'venv-path': '',
    })
  })

  it('is taken as it is under install: frozen', async () => {
    const run = await machine.run({ install: 'frozen' }, env)
    expect(run.exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('iniconfig ledger-demo pluggy')
  })
})

describe('a project without uv.lock', () => {
  beforeEach(() => machine.project({ ...shape, dependencies: ['iniconfig>=1.1'] }))

  it('is resolved afresh, with the default group, and gets no uv.lock', async () => {
    const run = await machine.run({ extras: 'all' }, env)
    expect(run.annotations).toEqual([])
    expect(machine.python(INSTALLED)).toBe('iniconfig ledger-demo packaging pluggy')
    expect(existsSync(join(machine.workspace, 'uv.lock'))).toBe(false)
    expect(run.stdout).toContain('Installing with a fresh resolution: there is no uv.lock.')
  })

  it('gets the lowest versions that it declares for resolution: lowest-direct', async () => {
    const run = await machine.run({ resolution: 'lowest-direct', groups: 'none' }, env)
    expect(run.exitCode).toBe(0)
    expect(machine.python("import importlib.metadata as m; print(m.version('iniconfig'))")).toBe('1.1.0')
  })

  it('gets the newest for highest, also of a project that is not installed itself', async () => {
    const run = await machine.run({ resolution: 'highest', project: 'none', extras: '*', groups: '*' }, env)
    expect(run.exitCode).toBe(0)
    expect(machine.python(INSTALLED)).toBe('colorama iniconfig packaging pluggy')
  })

  it('fails under install: locked', async () => {
    const run = await machine.run({ install: 'locked' }, env)
    expect(run.annotations.map(({ message }) => message)).toEqual([
      `No uv.lock for ${machine.workspace}/pyproject.toml, and install is "locked". ` +
        'Run "uv lock" and commit uv.lock, or set install: unlocked.',
    ])
  })

  it('shows what uv said when a requirement does not exist', async () => {
    machine.project({ dependencies: ['iniconfig==99999'] })
    const run = await machine.run({}, env)
    expect(run.exitCode).toBe(1)
    expect(run.annotations).toHaveLength(1)
    expect(run.annotations[0]?.message).toMatch(
      /^uv pip install failed with exit 1; its whole output is in the log above\. uv said: .*iniconfig==99999/s,
    )
  })
})

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
