import { describe, expect, it } from '@jest/globals'
import { type PythonFacts, parsePyproject, pythonRequest } from '../src/index.ts'

const pyproject = parsePyproject(
  `[project]
name = "tokenledger"
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3.12", "Programming Language :: Python :: 3.13"]`,
  'pyproject.toml',
)
const request = (facts: Partial<PythonFacts>) => pythonRequest({ input: '', pyproject, ...facts })

describe('pythonRequest', () => {
  it('asks the input, UV_PYTHON, .python-version and requires-python, in this order', () => {
    const file = '# ours\r\n3.13\r\n3.12\r\n'
    expect(request({ input: '3.11', environment: '3.12', pythonVersionFile: file })).toEqual({
      kind: 'version',
      version: '3.11',
      source: 'input python-version',
    })
    expect(request({ environment: '3.12', pythonVersionFile: file })).toMatchObject({
      version: '3.12',
      source: 'UV_PYTHON',
    })
    expect(request({ pythonVersionFile: file })).toMatchObject({ version: '3.13', source: '.python-version' })
    expect(request({ pythonVersionFile: '\n' })).toEqual({
      kind: 'version',
      version: '3.11',
      source: 'lowest minor that requires-python ">=3.11" allows',
    })
  })

  it('takes min and max from the supported versions', () => {
    expect(request({ input: 'min' })).toMatchObject({ version: '3.12' })
    expect(request({ input: 'max' })).toMatchObject({
      version: '3.13',
      source: 'input python-version "max": classifiers within requires-python',
    })
  })

  it.each([
    ['3.11.7', '3.11.7'],
    ['3.13t', '3.13t'],
    ['cpython-3.12', '3.12'],
    ['cpython@3.12.1', '3.12.1'],
    ['python3.12', '3.12'],
    ['cpython-3.13.1+freethreaded-linux-x86_64-gnu', '3.13.1t'],
    ['cpython-3.12.1-linux-x86_64-gnu', '3.12.1'],
  ])('reads %s as %s', (word, version) => {
    expect(request({ input: word })).toMatchObject({ kind: 'version', version })
  })

  it.each(['/opt/python/bin/python3', 'C:\\Python 312\\python.exe'])('takes %s as a path', path => {
    expect(request({ input: path })).toEqual({ kind: 'path', path, source: 'input python-version' })
  })

  it('refuses a Python outside of requires-python, wherever it was asked for', () => {
    const message = 'Python 3.10 does not satisfy requires-python ">=3.11" in pyproject.toml.'
    expect(() => request({ input: '3.10' })).toThrow(message)
    expect(() => request({ environment: '3.10' })).toThrow(message)
    expect(() => request({ pythonVersionFile: '3.10' })).toThrow(message)
  })

  it('refuses what names no CPython and says what is allowed', () => {
    expect(() => request({ input: 'latest' })).toThrow(
      'Input python-version is "latest"; allowed: a version such as 3.11, 3.11.7 or 3.13t, min, max, or an absolute path.',
    )
    expect(() => request({ pythonVersionFile: 'pypy3.11-7.3' })).toThrow(
      '.python-version is "pypy3.11-7.3"; allowed',
    )
  })

  it('takes the lowest supported Python when nothing is said', () => {
    const silent = parsePyproject('[project]\nname = "x"', 'pyproject.toml')
    expect(pythonRequest({ input: '', pyproject: silent })).toMatchObject({ version: '3.10' })
    expect(pythonRequest({ input: '', pyproject: silent, known: ['3.12', '3.13'] })).toMatchObject({
      version: '3.12',
    })
  })
})
