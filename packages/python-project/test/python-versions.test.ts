import { describe, expect, it } from '@jest/globals'
import { satisfies } from '@renovatebot/pep440'
import fc from 'fast-check'
import { allowsPython, byVersion, KNOWN_PYTHONS, parsePyproject, supportedPythons } from '../src/index.ts'

function project(requiresPython: string | undefined, classifiers: readonly string[] = []) {
  const lines = classifiers.map(minor => `"Programming Language :: Python :: ${minor}"`)
  const requires = requiresPython === undefined ? '' : `requires-python = ${JSON.stringify(requiresPython)}`
  return parsePyproject(
    `[project]\nname = "x"\n${requires}\nclassifiers = [${lines.join(', ')}]`,
    'pyproject.toml',
  )
}

describe('allowsPython', () => {
  it.each([
    ['>=3.11,<3.14', ['3.11', '3.12', '3.13', '3.13.7'], ['3.10', '3.14']],
    ['~=3.11', ['3.11', '3.14', '3.20'], ['3.10']],
    ['~=3.11.2', ['3.11', '3.11.9'], ['3.11.1', '3.12']],
    ['==3.12.*', ['3.12', '3.12.4'], ['3.11', '3.13']],
    ['>=3.11,!=3.12.*', ['3.11', '3.13'], ['3.12', '3.12.1']],
    ['>=3.11.4', ['3.11', '3.11.4', '3.12'], ['3.11.3']],
    ['>=3.11.4,<3.11.6,!=3.11.4', ['3.11', '3.11.5'], ['3.11.4', '3.11.6', '3.12']],
    ['>=3.11.4,<3.11.5,!=3.11.4', [], ['3.11', '3.12']],
    ['==3.12.3', ['3.12', '3.12.3'], ['3.12.4', '3.11']],
    ['>3.11', ['3.11', '3.12'], ['3.11.0', '3.10']],
    ['>=3.13', ['3.13t', '3.14t'], ['3.12t']],
    ['>= 3.11, ', ['3.11'], ['3.10']],
    ['', ['3.8'], []],
  ])('reads %s as PEP 440 does', (requiresPython, allowed, refused) => {
    expect(allowed.filter(version => !allowsPython(requiresPython, version))).toEqual([])
    expect(refused.filter(version => allowsPython(requiresPython, version))).toEqual([])
  })

  it('refuses a specifier that is not PEP 440', () => {
    expect(() => allowsPython('^3.11', '3.11')).toThrow(
      'requires-python "^3.11" in pyproject.toml is not a PEP 440 specifier. Write it like ">=3.11" or ">=3.11,<3.14".',
    )
  })

  it('allows a minor exactly when it allows one of its patches', () => {
    const number = fc.integer({ min: 0, max: 30 })
    const minor = fc.integer({ min: 8, max: 14 })
    const specifier = fc.oneof(
      fc
        .tuple(fc.constantFrom('>=', '<=', '>', '<', '==', '!=', '~='), minor, number)
        .map(([operator, y, z]) => `${operator}3.${y}.${z}`),
      fc
        .tuple(fc.constantFrom('>=', '<', '<=', '>', '==', '!='), minor)
        .map(([operator, y]) => `${operator}3.${y}`),
      fc.tuple(fc.constantFrom('==', '!='), minor).map(([operator, y]) => `${operator}3.${y}.*`),
    )
    fc.assert(
      fc.property(fc.array(specifier, { minLength: 1, maxLength: 4 }), minor, (parts, y) => {
        const set = parts.join(',')
        const patches = Array.from({ length: 40 }, (_, z) => `3.${y}.${z}`)
        expect(allowsPython(set, `3.${y}`)).toBe(patches.some(patch => satisfies(patch, set)))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('supportedPythons', () => {
  it('takes the classifiers within requires-python, in order', () => {
    expect(
      supportedPythons(project('>=3.11', ['3 :: Only', '3', '3.13', '3.9', '3.11', '3.12', '3.11'])),
    ).toEqual({
      versions: ['3.11', '3.12', '3.13'],
      source: 'classifiers within requires-python',
    })
  })

  it('goes from the floor to the newest known minor without classifiers', () => {
    expect(supportedPythons(project('>=3.12'))).toEqual({
      versions: ['3.12', '3.13', '3.14'],
      source: 'requires-python ">=3.12" up to 3.14',
    })
    expect(supportedPythons(project('>=3.11,!=3.12.*,<3.14')).versions).toEqual(['3.11', '3.13'])
  })

  it('takes every maintained Python when nothing is said', () => {
    expect(supportedPythons(project(undefined)).versions).toEqual(['3.10', '3.11', '3.12', '3.13', '3.14'])
  })

  it('falls back to requires-python when the classifiers contradict it', () => {
    expect(supportedPythons(project('>=3.13', ['3.9', '3.10'])).versions).toEqual(['3.13', '3.14'])
  })

  it('finds a floor that is newer than every Python known here', () => {
    expect(supportedPythons(project('>=3.17'))).toEqual({
      versions: ['3.17'],
      source: 'the floor of requires-python ">=3.17"',
    })
  })

  it('refuses bounds that leave nothing', () => {
    expect(() => supportedPythons(project('>=3.12,<3.11'))).toThrow(
      'requires-python ">=3.12,<3.11" in pyproject.toml allows no Python 3. Correct its bounds.',
    )
  })

  it('orders minors by number and never leaves requires-python', () => {
    const minors = fc.subarray([...KNOWN_PYTHONS, '3.15'], { minLength: 0 })
    fc.assert(
      fc.property(fc.shuffledSubarray(['3.9', '3.10', '3.11', '3.12']), minors, ([floor], classifiers) => {
        const requires = floor === undefined ? undefined : `>=${floor}`
        const { versions } = supportedPythons(project(requires, classifiers))
        expect(versions.length).toBeGreaterThan(0)
        expect([...versions].sort(byVersion)).toEqual(versions)
        expect(versions.every(version => allowsPython(requires, version))).toBe(true)
      }),
    )
  })
})
