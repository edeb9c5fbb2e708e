import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { env, INSTALLED, machine, shape } from './install-job.ts'

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

  it('is resolved without uv.lock, which stays as it was, for resolution: lowest-direct', async () => {
    machine.project({ ...shape, dependencies: ['iniconfig>=1.1'] })
    machine.lock()
    const before = readFileSync(join(machine.workspace, 'uv.lock'), 'utf8')
    const run = await machine.run({ resolution: 'lowest-direct', groups: 'none' }, env)
    expect(run.exitCode).toBe(0)
    expect(machine.python("import importlib.metadata as m; print(m.version('iniconfig'))")).toBe('1.1.0')
    expect(readFileSync(join(machine.workspace, 'uv.lock'), 'utf8')).toBe(before)
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
