import { afterEach, describe, expect, it } from '@jest/globals'
import { parsePyproject, parseUvLock } from '@tokenledger/python-project'
import { readInputs } from '../src/inputs.ts'
import { uvRequest } from '../src/uv-request.ts'

const given = (inputs: Record<string, string>) => {
  for (const [name, value] of Object.entries(inputs)) process.env[`INPUT_${name.toUpperCase()}`] = value
  return readInputs('/w')
}
afterEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name]
})

describe('the inputs', () => {
  it('have their documented defaults', () => {
    expect(given({})).toMatchObject({
      workingDirectory: '/w',
      install: 'auto',
      set: {
        extras: { kind: 'these', names: [] },
        groups: { kind: 'default' },
        project: 'editable',
        resolution: 'locked',
      },
      venv: '.venv',
      activate: true,
      cache: { mode: 'auto', content: 'auto', suffix: '' },
      uv: { verify: 'known', sources: ['path', 'tool-cache', 'mirror', 'github', 'pypi'] },
    })
  })

  it('read lists with commas, spaces and lines; * and none are words of their own', () => {
    expect(given({ extras: 'all, dev\nall' }).set.extras).toEqual({ kind: 'these', names: ['all', 'dev'] })
    expect(given({ extras: 'a,*' }).set.extras).toEqual({ kind: 'all' })
    expect(given({ groups: 'none' }).set.groups).toEqual({ kind: 'these', names: [] })
  })

  it.each([
    [{ install: 'sync' }, 'Input install is "sync"; allowed: auto, locked, frozen, unlocked, none.'],
    [
      { 'uv-source': 'path npm' },
      'Input uv-source is "npm"; allowed: path, tool-cache, mirror, github, pypi.',
    ],
    [{ 'uv-checksum': 'abc' }, 'Input uv-checksum is "abc"; allowed: 64 hexadecimal digits.'],
    [
      { 'cache-suffix': 'a,b' },
      'Input cache-suffix is "a,b"; allowed: up to 64 letters, digits, ".", "_", "-".',
    ],
    [{ activate: 'yes' }, 'Input activate is "yes"; allowed: true, false.'],
  ])('refuse %j', (inputs, message) => {
    expect(() => given(inputs)).toThrow(message)
  })
})

describe('the request for uv', () => {
  const text = '[tool.uv]\nrequired-version = ">=0.12"\n'
  const lock = parseUvLock(
    Buffer.from('version = 1\n[[package]]\nname = "uv"\nversion = "0.12.5"\n'),
    'uv.lock',
  )
  const project = (toml: string, locked: boolean) => ({
    pyproject: parsePyproject(toml, 'pyproject.toml'),
    lock: locked ? { lock, directory: '/w' } : undefined,
    uvToml: undefined,
    pythonVersionFile: undefined,
  })

  it('is the input, else required-version, else the uv in uv.lock, else the default', () => {
    const specifier = (inputs: Record<string, string>, toml: string, locked: boolean) =>
      uvRequest(given(inputs).uv, project(toml, locked), undefined)
    expect(specifier({}, '', false)).toMatchObject({ specifier: '', reason: 'the default of this action' })
    expect(specifier({}, '', true)).toMatchObject({
      specifier: '==0.12.5',
      reason: 'the package uv in uv.lock',
    })
    expect(specifier({}, text, true)).toMatchObject({ specifier: '>=0.12' })
    expect(specifier({ 'uv-version': 'latest' }, text, true)).toMatchObject({
      specifier: 'latest',
      reason: 'input uv-version',
    })
  })

  it('carries what was given and leaves out what was not', () => {
    expect(uvRequest(given({}).uv, project('', false), undefined)).not.toHaveProperty('mirror')
    const full = given({
      'uv-mirror': 'http://127.0.0.1/m',
      'github-token': 'secret',
      'uv-checksum': 'A'.repeat(64),
    })
    expect(uvRequest(full.uv, project('', false), '/p')).toMatchObject({
      mirror: 'http://127.0.0.1/m',
      githubToken: 'secret',
      checksum: 'a'.repeat(64),
      python: '/p',
    })
  })
})
