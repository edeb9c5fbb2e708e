import { describe, expect, it } from '@jest/globals'
import { callersEnvironment, OWN_EXPORTS, pathsFor, variablesFor } from '../src/environment.ts'
import { platformPaths } from '../src/platform-paths.ts'
import { type Findings, megabytes, outputsOf, summaryLine, summaryParts } from '../src/report.ts'

const facts = {
  caller: {},
  pythonPath: '/t/bin/python3.11',
  cacheDirectory: '/w/_temp/tokenledger-uv',
  linkMode: 'default',
  venv: '/w/r/r/.venv',
  venvIsDefault: true,
  activate: true,
} as const

describe('the variables of the job', () => {
  it('tell uv its Python and cache, and the shell its environment', () => {
    expect(variablesFor(facts)).toEqual({
      UV_PYTHON: '/t/bin/python3.11',
      UV_CACHE_DIR: '/w/_temp/tokenledger-uv',
      VIRTUAL_ENV: '/w/r/r/.venv',
      [OWN_EXPORTS]: 'UV_PYTHON,UV_CACHE_DIR,VIRTUAL_ENV',
    })
  })

  it('never replace what is set, and leave out what uv finds by itself', () => {
    const caller = { UV_PYTHON: '3.12', UV_LINK_MODE: 'symlink', UV_PROJECT_ENVIRONMENT: '/e' }
    const variables = variablesFor({
      ...facts,
      caller,
      linkMode: 'copy',
      venvIsDefault: false,
      activate: false,
    })
    expect(Object.keys(variables)).toEqual(['UV_CACHE_DIR', OWN_EXPORTS])
    expect(variablesFor({ ...facts, linkMode: 'copy', venvIsDefault: false })).toMatchObject({
      UV_LINK_MODE: 'copy',
      UV_PROJECT_ENVIRONMENT: '/w/r/r/.venv',
    })
  })

  it('of an earlier step of this action do not count as set', () => {
    const later = callersEnvironment({ ...variablesFor(facts), UV_OFFLINE: '1', GONE: undefined })
    expect(later).toEqual({ UV_OFFLINE: '1' })
  })
})

describe('PATH', () => {
  const python = { path: '/t/bin/python3.11', source: 'tool-cache' } as const
  const path = { uvDirectory: '/uv', venv: '/v', activate: true, python }
  const linux = platformPaths('linux')

  it('gets uv and the environment, the environment first in line', () => {
    expect(pathsFor(path, linux)).toEqual(['/uv', '/v/bin'])
    expect(pathsFor({ ...path, venv: 'D:\\v' }, platformPaths('win32'))).toEqual(['/uv', 'D:\\v\\Scripts'])
    expect(pathsFor({ ...path, activate: false }, linux)).toEqual(['/uv'])
  })

  it('gets Python itself when nothing is installed, unless it is there already', () => {
    expect(pathsFor({ ...path, venv: undefined }, linux)).toEqual(['/uv', '/t/bin'])
    expect(pathsFor({ ...path, venv: undefined, python: { ...python, source: 'system' } }, linux)).toEqual([
      '/uv',
    ])
    const windows = { ...python, path: 'C:\\t\\3.11.9\\x64\\python.exe' }
    expect(pathsFor({ ...path, venv: undefined, python: windows }, platformPaths('win32'))).toEqual([
      '/uv',
      'C:\\t\\3.11.9\\x64\\Scripts',
      'C:\\t\\3.11.9\\x64',
    ])
  })
})

describe('the paths of an environment', () => {
  const python = { version: '3.13.1', freeThreaded: true }

  it('follow the system', () => {
    expect(platformPaths('linux').sitePackages('/v', python)).toBe('/v/lib/python3.13t/site-packages')
    expect(platformPaths('win32').sitePackages('D:\\v', python)).toBe('D:\\v\\Lib\\site-packages')
    expect(platformPaths('win32').toolCachePython('C:\\t', '3.11', false)).toEqual(['C:\\t\\python.exe'])
    expect(platformPaths('darwin').toolCachePython('/t', '3.13', true)[0]).toBe('/t/bin/python3.13t')
  })
})

describe('the report', () => {
  const findings: Findings = {
    uv: { version: '0.12.5', path: '/uv', source: 'tool-cache' },
    python: { version: '3.11.9', path: '/p', source: 'tool-cache' },
    packages: 77,
    cache: { hit: 'exact', key: 'k', matchedKey: 'k', bytes: 65_000_000, reason: '' },
    timings: { python: 3, uv: 4, cache: 900, sync: 610 },
  }

  it('is one line', () => {
    expect(summaryLine(findings, 1900)).toBe(
      'uv 0.12.5 (tool-cache) · CPython 3.11.9 (tool-cache) · 77 packages · cache exact 65 MB · 1.9 s (uv 0.0, cache 0.9, sync 0.6)',
    )
  })

  it('is one row of a table', () => {
    expect(summaryParts(findings, 1900)[0]?.markdown).toContain(
      '| 3.11.9 (tool-cache) | 0.12.5 (tool-cache) | 77 | exact 65 MB | 1.9 s |',
    )
  })

  it('has every output, also before anything is known', () => {
    const cache = { hit: 'off', key: '', matchedKey: '', bytes: 0, reason: 'not reached' } as const
    const empty = outputsOf({ cache, timings: {} }, 12.4)
    expect(Object.keys(empty)).toEqual(Object.keys(outputsOf(findings, 1)))
    expect(empty).toMatchObject({ 'cache-hit': 'off', 'uv-version': '', timings: '{"total":12}' })
  })

  it('counts megabytes as people do', () => {
    expect([0, 40_000, 9_940_000, 12_400_000].map(megabytes)).toEqual(['0.0', '0.0', '9.9', '12'])
  })
})
