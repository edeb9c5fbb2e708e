import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { normalizeName, requirementExtras, requirementName } from '../src/index.ts'
import { pythonToPep440, toPep440 } from '../src/poetry-constraint.ts'

describe('normalizeName', () => {
  it('makes every spelling of a name the same', () => {
    for (const name of ['Token-Ledger', 'token_ledger', 'token.ledger', 'TOKEN--_ledger']) {
      expect(normalizeName(name)).toBe('token-ledger')
    }
  })

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string(), name => normalizeName(normalizeName(name)) === normalizeName(name)))
  })
})

describe('a requirement', () => {
  it('gives its name and extras', () => {
    expect(requirementName(' Psycopg[Binary,pool]>=3 ; python_version > "3.10"')).toBe('psycopg')
    expect(requirementExtras('psycopg[Binary, pool]>=3')).toEqual(['binary', 'pool'])
    expect(requirementName('a_b.c @ git+https://forge.example/x')).toBe('a-b-c')
    expect(requirementExtras('x ; extra == "[y]"')).toEqual([])
    expect(requirementName('')).toBeUndefined()
  })
})

describe("Poetry's constraints", () => {
  it.each([
    ['^3.11', '>=3.11,<4'],
    ['^0.2.3', '>=0.2.3,<0.3'],
    ['^0.0.3', '>=0.0.3,<0.0.4'],
    ['^0.0', '>=0.0,<0.1'],
    ['~3.11', '>=3.11,<3.12'],
    ['~3.11.2', '>=3.11.2,<3.12'],
    ['~3', '>=3,<4'],
    ['~=3.11', '~=3.11'],
    ['3.11', '==3.11'],
    ['3.11.*', '==3.11.*'],
    ['>=3.9, <3.13', '>=3.9,<3.13'],
    ['>=3.9 <3.13,!=3.10.*', '>=3.9,<3.13,!=3.10.*'],
    ['>= 3.9', '>=3.9'],
  ])('%s means %s', (constraint, specifier) => {
    expect(toPep440(constraint)).toBe(specifier)
  })

  it('allows everything by a star and says a union of Pythons by minors', () => {
    expect(toPep440('*')).toBeUndefined()
    expect(toPep440('^1 || ^3')).toBeUndefined()
    expect(pythonToPep440('~2.7 || ^3.8')).toBe('>=3.8,<4')
    expect(pythonToPep440('~3.9 || ~3.11')).toBe('>=3.9,<3.12,!=3.10.*')
  })
})
