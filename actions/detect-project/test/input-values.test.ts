import { describe, expect, it } from '@jest/globals'
import { parsePyproject } from '@tokenledger/python-project'
import { definedNames, existingDirectory, existingPaths } from '../src/input-values.ts'
import { pythonVersionsOf } from '../src/python-versions-input.ts'

const pyproject = parsePyproject('[project]\nname = "x"\nrequires-python = ">=3.11"', 'pyproject.toml')
const checkout = { files: ['a b/c.py', 'ü/x.py'], truncated: false, text: () => undefined }

describe('the input python-versions', () => {
  it('takes versions once, in their order', () => {
    expect(pythonVersionsOf('["3.13t", "3.11.7", "3.13t"]', pyproject)).toEqual(['3.13t', '3.11.7'])
  })

  it.each([
    [
      '3.11, 3.12',
      /^Input python-versions is not valid JSON: .*\. Give an array such as \["3\.11", "3\.12"\]\.$/,
    ],
    ['[]', 'Input python-versions is []; give an array that is not empty, such as ["3.11", "3.12"].'],
    ['"3.11"', 'Input python-versions is "3.11"; give an array that is not empty, such as ["3.11", "3.12"].'],
    [
      '[3.10]',
      'Input python-versions holds 3.1; write versions as strings, such as ["3.11", "3.12"]: as a number, 3.10 is 3.1.',
    ],
    ['["py311"]', 'Input python-versions holds "py311"; write versions such as 3.11, 3.11.7 or 3.13t.'],
    ['["3.10"]', 'Python 3.10 does not satisfy requires-python ">=3.11" in pyproject.toml.'],
  ])('refuses %s', (text, message) => {
    expect(() => pythonVersionsOf(text, pyproject)).toThrow(message)
  })
})

describe('names and paths in inputs', () => {
  it('get the spelling of pyproject.toml, or the list of what there is', () => {
    expect(definedNames('Extra', 'Server_Async, *', ['server-async'])).toEqual(['server-async', '*'])
    expect(() => definedNames('Extra', 'al', ['dev', 'all'])).toThrow(
      'Extra "al" is not defined. This project has: all, dev.',
    )
    expect(() => definedNames('Dependency group', 'x', [])).toThrow(
      'Dependency group "x" is not defined. This project has no dependency groups.',
    )
  })

  it('may hold blanks and umlauts, and have to exist', () => {
    expect(existingPaths('source-paths', './a b/, ü\nü', checkout)).toEqual(['a b', 'ü'])
    expect(() => existingPaths('source-paths', 'a', checkout)).toThrow(
      'Input source-paths names "a", which is not in the checkout or holds no files. Give paths relative to working-directory.',
    )
  })

  it('tell the top from none', () => {
    expect(existingDirectory('dashboard-directory', './', checkout)).toBe('.')
    expect(existingDirectory('dashboard-directory', '', checkout)).toBe('')
    expect(() => existingDirectory('dashboard-directory', 'web', checkout)).toThrow(
      'Input dashboard-directory is "web", which is not a directory of the checkout.',
    )
  })
})
