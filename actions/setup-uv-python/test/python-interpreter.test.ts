import { describe, expect, it } from '@jest/globals'
import { platformPaths } from '../src/platform-paths.ts'
import { causeOf } from '../src/provide-python.ts'
import {
  accept,
  fits,
  fromToolCache,
  parseVersion,
  pathCandidates,
  readAnswer,
  type ToolCachePython,
  wantedPython,
} from '../src/python-interpreter.ts'

const entry = (version: string, directory = 'x64', complete = true): ToolCachePython => ({
  version,
  directory,
  complete,
})
const found = (wanted: string, ...entries: ToolCachePython[]) => {
  const python = fromToolCache(entries, wantedPython(wanted), 'x64')
  return python && `${python.version}/${python.directory}`
}

describe('the tool cache', () => {
  it('gives the newest patch of a minor, by number', () => {
    expect(found('3.11', entry('3.11.9'), entry('3.11.10'), entry('3.12.1'))).toBe('3.11.10/x64')
  })

  it('gives an exact version, complete and of this architecture, or nothing', () => {
    expect(found('3.11.9', entry('3.11.9'), entry('3.11.10'))).toBe('3.11.9/x64')
    expect(found('3.11', entry('3.11.9', 'x64', false))).toBeUndefined()
    expect(found('3.11', entry('3.11.9', 'arm64'))).toBeUndefined()
    expect(found('3.1', entry('3.11.9'))).toBeUndefined()
  })

  it('gives a pre-release only where there is no release of the minor', () => {
    expect(found('3.15', entry('3.15.0-rc.2'), entry('3.15.0-rc.10'))).toBe('3.15.0-rc.10/x64')
    expect(found('3.15', entry('3.15.1-beta.1'), entry('3.15.0'))).toBe('3.15.0/x64')
    expect(found('3.15.0', entry('3.15.0-rc.2'))).toBeUndefined()
  })

  it('keeps free-threaded builds apart', () => {
    const both = [entry('3.13.1'), entry('3.13.0', 'x64-freethreaded')]
    expect(found('3.13t', ...both)).toBe('3.13.0/x64-freethreaded')
    expect(found('3.13', ...both)).toBe('3.13.1/x64')
  })
})

describe('a version', () => {
  it('is taken apart', () => {
    expect(wantedPython('3.13t')).toEqual({
      text: '3.13t',
      minor: '3.13',
      exact: undefined,
      freeThreaded: true,
    })
    expect(wantedPython('3.11.7')).toMatchObject({ minor: '3.11', exact: '3.11.7', freeThreaded: false })
  })

  it('is read in the spelling of the tool cache and of Python; others fit nothing', () => {
    expect(parseVersion('3.14.0-rc.2')).toEqual({ numbers: [3, 14, 0], pre: 'rc.2' })
    expect(parseVersion('3.14.0rc2')).toMatchObject({ pre: 'rc2' })
    expect(parseVersion('pypy3.10')).toBeUndefined()
    expect(fits('nonsense', wantedPython('3.11'))).toBe(false)
  })
})

describe('PATH', () => {
  it('is searched for exact names first, each file once', () => {
    const candidates = pathCandidates('/a:/b::/a', wantedPython('3.11'), platformPaths('linux'), () => true)
    expect(candidates).toEqual([
      '/a/python3.11',
      '/b/python3.11',
      '/a/python3',
      '/b/python3',
      '/a/python',
      '/b/python',
    ])
    expect(pathCandidates('/a', wantedPython('3.13t'), platformPaths('darwin'), () => true)).toEqual([
      '/a/python3.13t',
      '/a/python3.13',
    ])
  })

  it('follows the rules of Windows there, without the store', () => {
    const path = '"C:\\My Python";C:\\Users\\x\\AppData\\Local\\Microsoft\\WindowsApps'
    expect(pathCandidates(path, wantedPython('3.11'), platformPaths('win32'), () => true)).toEqual([
      'C:\\My Python\\python3.11.exe',
      'C:\\My Python\\python3.exe',
      'C:\\My Python\\python.exe',
    ])
  })

  it('gives only CPython of the wanted version and build', () => {
    const accepted = (answer: string, wanted = '3.11') => accept(readAnswer(answer), wantedPython(wanted))
    expect(accepted('cpython|3.11.9|0|/usr/bin/python3.11\n')).toEqual({
      path: '/usr/bin/python3.11',
      version: '3.11.9',
      freeThreaded: false,
      source: 'system',
    })
    expect(accepted('pypy|3.11.9|0|/p')).toBeUndefined()
    expect(accepted('graalpy|3.11.9|0|/p')).toBeUndefined()
    expect(accepted('cpython|3.12.0|0|/p')).toBeUndefined()
    expect(accepted('cpython|3.13.0|1|/p', '3.13')).toBeUndefined()
    expect(accepted('cpython|3.13.0|1|/p', '3.13t')).toMatchObject({ freeThreaded: true })
    expect(accepted('no such command: python3.11')).toBeUndefined()
  })
})

describe('what uv says about a Python that it cannot get', () => {
  it('is the first sentence and the last cause', () => {
    expect(causeOf('error: Request failed\n  Caused by: client error\n  Caused by: dns error\n')).toBe(
      'Request failed: dns error',
    )
    expect(causeOf('error: No download found for request: cpython-3.99\n')).toBe(
      'No download found for request: cpython-3.99',
    )
    expect(causeOf('just words.')).toBe('just words')
    expect(causeOf('')).toBe('no message')
  })
})
