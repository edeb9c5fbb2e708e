import { describe, expect, it } from '@jest/globals'
import { parsePyproject } from '@tokenledger/python-project'
import type { InstallMode, InstallSet } from '../src/inputs.ts'
import { planInstall } from '../src/install-plan.ts'
import { installError, staleLockError, syncOutcome } from '../src/lock-state.ts'
import { checkedSet, defaultGroups } from '../src/selection.ts'

const pyproject = parsePyproject(
  `[project]
name = "ledger"
version = "1"
[project.optional-dependencies]
all = ["a"]
Server_Async = ["b"]
[dependency-groups]
dev = ["c"]
docs = ["d"]
`,
  '/w/pyproject.toml',
)
const set: InstallSet = {
  extras: { kind: 'these', names: [] },
  groups: { kind: 'default' },
  project: 'editable',
  resolution: 'locked',
}
const plan = (mode: InstallMode, more: Partial<InstallSet> = {}, lockDirectory: string | undefined = '/w') =>
  planInstall({ mode, set: { ...set, ...more }, pyproject, lockDirectory })
const argumentsOf = (mode: InstallMode, more: Partial<InstallSet> = {}) => {
  const decided = plan(mode, more)
  return decided.kind === 'none' ? '' : decided.arguments.join(' ')
}
const all = { kind: 'all' } as const
const these = (...names: string[]) => ({ kind: 'these', names }) as const

describe('the plan of an install', () => {
  it('takes uv.lock where there is one, and knows what to do when it is stale', () => {
    const auto = plan('auto')
    expect(auto).toMatchObject({ kind: 'sync', lock: 'locked', reason: 'there is a uv.lock' })
    expect(auto.kind === 'sync' && auto.whenStale).toMatchObject({
      kind: 'unlocked',
      reason: 'uv.lock is out of date',
    })
    expect(plan('locked')).toMatchObject({ kind: 'sync', whenStale: 'error' })
    expect(plan('frozen')).toMatchObject({ kind: 'sync', lock: 'frozen', whenStale: 'error' })
  })

  it('resolves afresh otherwise, with the reason', () => {
    expect(planInstall({ mode: 'auto', set, pyproject, lockDirectory: undefined })).toMatchObject({
      kind: 'unlocked',
      reason: 'there is no uv.lock',
    })
    expect(plan('unlocked')).toMatchObject({ kind: 'unlocked', reason: 'install is "unlocked"' })
    expect(plan('auto', { resolution: 'highest' })).toMatchObject({ reason: 'resolution is "highest"' })
    expect(plan('none')).toEqual({ kind: 'none', reason: 'install is "none"' })
  })

  it.each<[string, Partial<InstallSet>]>([
    ['sync --locked', {}],
    ['sync --locked --extra all', { extras: these('all') }],
    ['sync --locked --all-extras', { extras: all }],
    ['sync --locked --no-default-groups', { groups: these() }],
    ['sync --locked --no-default-groups --group docs', { groups: these('docs') }],
    ['sync --locked --all-groups', { groups: all }],
    ['sync --locked --no-install-project', { project: 'none' }],
  ])('with uv.lock: %s', (expected, more) => {
    expect(argumentsOf('locked', more)).toBe(expected)
  })

  it.each<[string, Partial<InstallSet>]>([
    ['pip install --editable . --group dev', {}],
    ['pip install --editable .[all,Server_Async] --group dev', { extras: all }],
    ['pip install --editable .[all] --group dev', { extras: these('all') }],
    ['pip install --editable .', { groups: these() }],
    ['pip install --editable . --group dev --group docs', { groups: all }],
    ['pip install --requirements pyproject.toml --all-extras --group dev', { project: 'none', extras: all }],
    [
      'pip install --requirements pyproject.toml --extra all',
      { project: 'none', extras: these('all'), groups: these() },
    ],
    ['pip install --resolution lowest-direct --editable . --group dev', { resolution: 'lowest-direct' }],
  ])('without uv.lock: %s', (expected, more) => {
    expect(argumentsOf('unlocked', more)).toBe(expected)
  })
})

describe('groups that uv pip does not know by name', () => {
  const pip = (text: string) => {
    const decided = planInstall({
      mode: 'unlocked',
      set,
      pyproject: parsePyproject(text, 'p'),
      lockDirectory: undefined,
    })
    return decided.kind === 'unlocked' ? decided.arguments.join(' ') : decided.kind
  }

  it('are given as requirements (dev-dependencies of uv), or not at all (Poetry)', () => {
    expect(pip('[tool.uv]\ndev-dependencies = ["pytest>=8"]\n')).toBe('pip install --editable . pytest>=8')
    expect(pip('[tool.poetry]\nname = "x"\n[tool.poetry.group.dev.dependencies]\npytest = "^8"\n')).toBe(
      'pip install --editable .',
    )
  })
})

describe('extras and groups', () => {
  it('are found in any spelling and listed when unknown', () => {
    expect(checkedSet({ ...set, extras: these('server.async', 'server-async') }, pyproject).extras).toEqual(
      these('Server_Async'),
    )
    expect(() => checkedSet({ ...set, extras: these('al') }, pyproject)).toThrow(
      'Extra "al" is not defined. This project has: Server_Async, all.',
    )
    expect(() => checkedSet({ ...set, groups: these('x') }, parsePyproject('', 'pyproject.toml'))).toThrow(
      'Dependency group "x" is not defined. This project has no dependency groups.',
    )
  })

  it('are not checked where the build backend computes the extras', () => {
    const dynamic = parsePyproject(
      '[project]\nname = "x"\ndynamic = ["optional-dependencies"]\n',
      'pyproject.toml',
    )
    expect(checkedSet({ ...set, extras: these('any') }, dynamic).extras).toEqual(these('any'))
  })

  it('default groups are those of uv: default-groups, else dev', () => {
    const withTool = (value: string) =>
      parsePyproject(`[dependency-groups]\ndev = []\ndocs = []\n[tool.uv]\ndefault-groups = ${value}\n`, 'p')
    expect(defaultGroups(pyproject)).toEqual(['dev'])
    expect(defaultGroups(withTool('"all"'))).toEqual(['dev', 'docs'])
    expect(defaultGroups(withTool('["docs"]'))).toEqual(['docs'])
    expect(defaultGroups(parsePyproject('', 'p'))).toEqual([])
  })
})

describe('the end of uv sync', () => {
  it('is stale only by the words of uv', () => {
    const words = 'error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.'
    expect(syncOutcome({ exitCode: 0, stderr: words })).toEqual({ kind: 'installed' })
    expect(syncOutcome({ exitCode: 1, stderr: words })).toEqual({ kind: 'stale', exitCode: 1, said: words })
    expect(syncOutcome({ exitCode: 1, stderr: 'error: no space left' }).kind).toBe('failed')
  })

  it('is told with the last lines of uv', () => {
    expect(staleLockError({ exitCode: 1, said: 'x' })).toBe(
      'uv.lock is out of date for pyproject.toml (uv sync --locked, exit 1). ' +
        'Run "uv lock" and commit uv.lock, or set install: frozen. uv said: x',
    )
    expect(installError('uv venv', { exitCode: 2, said: 'x' })).toBe(
      'uv venv failed with exit 2; its whole output is in the log above. uv said: x',
    )
  })
})
