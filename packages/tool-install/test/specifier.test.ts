import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DEFAULT_UV_VERSION } from '../src/index.ts'
import { answers, parseSpecifier } from '../src/specifier.ts'

const parse = (specifier: string) => parseSpecifier({ specifier, reason: 'input uv-version' })
const range = (specifier: string) => {
  const parsed = parse(specifier)
  return parsed.kind === 'range' ? parsed.range : parsed.kind
}

describe('a specifier', () => {
  it('that is empty means the default of this release', () => {
    expect(parse('')).toEqual({ kind: 'exact', version: DEFAULT_UV_VERSION })
  })

  it.each(['0.12.5', 'v0.12.5', '==0.12.5', ' = 0.12.5 '])('"%s" is exact', written => {
    expect(parse(written)).toEqual({ kind: 'exact', version: '0.12.5' })
  })

  it.each([
    ['>=0.11,<0.13', '>=0.11,<0.13'],
    ['>= 0.11 < 0.13', '>=0.11,<0.13'],
    ['>=0.11, <0.13', '>=0.11,<0.13'],
    ['0.12.x', '==0.12.*'],
    ['0.12.*', '==0.12.*'],
    ['0.12', '==0.12.*'],
    ['==0.12.*', '==0.12.*'],
    ['~=0.12.1', '~=0.12.1'],
    ['^0.12.1', '>=0.12.1,<0.13'],
    ['^0.0.3', '>=0.0.3,<0.0.4'],
    ['^1.2.3', '>=1.2.3,<2'],
    ['^0.12', '>=0.12,<0.13'],
    ['~0.12.1', '>=0.12.1,<0.13'],
    ['~1', '>=1,<2'],
    ['*', '>=0'],
    ['!=0.12.4,>0.11', '!=0.12.4,>0.11'],
  ])('"%s" is the range %s', (written, expected) => {
    expect(range(written)).toBe(expected)
  })

  it.each(['abc', '>=x', '0.11 || 0.12', '1.2.3 - 2.0.0', '>=0.11,'])('"%s" is refused', written => {
    expect(() => parse(written)).toThrow(
      `The uv version "${written}" (input uv-version) is neither a version nor a range. Examples: 0.12.5, 0.12.x, >=0.11,<0.13, latest.`,
    )
  })

  it('with a caret or a tilde always lets its own version in and the next minor out', () => {
    const number = fc.integer({ min: 0, max: 99 })
    fc.assert(
      fc.property(fc.constantFrom('^', '~'), number, number, (sign, minor, patch) => {
        fc.pre(minor > 0)
        const wish = parse(`${sign}0.${minor}.${patch}`)
        expect(answers(wish, `0.${minor}.${patch}`)).toBe(true)
        expect(answers(wish, `0.${minor + 1}.0`)).toBe(false)
      }),
    )
  })
})

describe('latest', () => {
  it('is answered by the newest version only', () => {
    expect(answers(parse('latest'), '0.12.5', '0.12.5')).toBe(true)
    expect(answers(parse('latest'), '0.12.4', '0.12.5')).toBe(false)
  })
})
