import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { globFilter } from '../../src/files/glob.ts'
import { plainText } from '../../src/files/plain-newlines.ts'
import { formatInteger, formatText } from '../../src/format/format-spec.ts'
import { TemplateError } from '../../src/format/template-error.ts'
import { compilePattern } from '../../src/python-regex/compile.ts'
import { InvalidPattern, UnsupportedPattern } from '../../src/python-regex/nodes.ts'
import { replacementOf } from '../../src/python-regex/replacement.ts'
import { mayBeEmpty } from '../../src/python-regex/width.ts'
import { calverText } from '../../src/version/calver.ts'
import { GLOBS, globPattern, pattern, spec } from './generated-cases.ts'
import { askPython } from './real-tool.ts'
import { PATTERNS, REPLACEMENTS, TEXTS } from './regex-cases.ts'

type Question = readonly [kind: string, question: unknown]
const ask = (questions: readonly Question[]): unknown[] => askPython('python_facts.py', questions)
const SEARCH = { multiline: true, dotAll: true }
/** Always the same ones, so that a failure can be repeated. */
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { numRuns: count, seed: 7 })

describe("Python's re", () => {
  it.each(['verbose', 'search'] as const)(
    'finds what the translated pattern finds, with the flags of a %s',
    flags => {
      const generated = sample(pattern(), 1500)
      const patterns = [...PATTERNS, ...generated]
      const theirs = ask(patterns.map(text => ['search', { pattern: text, flags, texts: TEXTS }]))
      const mine = patterns.map(text => searched(text, flags))
      const told = patterns.map((pattern, index) => ({ pattern, mine: mine[index], theirs: theirs[index] }))
      const different = told.filter(
        one => one.mine !== 'unsupported' && !isDeepStrictEqual(one.mine, one.theirs),
      )
      expect(different).toEqual([])
      expect(mine.filter(found => found === 'unsupported').length).toBeLessThan(patterns.length / 5)
      expect(mine.filter(found => Array.isArray(found)).length).toBeGreaterThan(patterns.length / 5)
    },
  )

  it('replaces what the translated template replaces', () => {
    const theirs = ask(
      REPLACEMENTS.map(([text, replace]) => ['replace', { pattern: text, replace, text: 'ab12 cd' }]),
    )
    expect(REPLACEMENTS.map(([text, replace]) => [replace, replaced(text, replace)])).toEqual(
      REPLACEMENTS.map(([, replace], index) => [replace, theirs[index]]),
    )
  })
})

describe("Python's format()", () => {
  it('writes numbers and texts like ours, or refuses both', () => {
    const specs = sample(spec(), 800)
    const questions = specs.flatMap(one => [
      { spec: one, value: '-1234567', number: true },
      { spec: one, value: '42', number: true },
      { spec: one, value: 'alpha', number: false },
    ])
    const theirs = ask(questions.map(question => ['format', question]))
    const told = questions.map((question, index) => ({
      question,
      mine: formatted(question),
      theirs: theirs[index],
    }))
    expect(told.filter(one => one.mine !== one.theirs).map(one => JSON.stringify(one))).toEqual([])
  })
})

describe('the calendar of the tool', () => {
  it('gives every CalVer code of every day around the turns of the years 2000 to 2032', () => {
    const days = Array.from({ length: 33 }, (_, year) => 2000 + year).flatMap(year =>
      [
        '01-01',
        '01-02',
        '01-03',
        '01-04',
        '01-05',
        '01-08',
        '02-29',
        '06-15',
        '12-28',
        '12-29',
        '12-30',
        '12-31',
      ]
        .filter(day => day !== '02-29' || year % 4 === 0)
        .map(day => `${year}-${day}`),
    )
    const theirs = ask(days.map(day => ['calendar', day]))
    expect(days.map(ourCodes)).toEqual(theirs)
  })
})

describe('wcmatch', () => {
  it('finds the files that our globs find', () => {
    const paths = [
      'a',
      'b.txt',
      '.c',
      'd/a',
      'd/.e/a',
      'd/ab',
      'd/f/a.txt',
      'd/f/g/b.txt',
      '.h/a',
      'x{y}',
      'a-b',
      'd/f/a]b',
      'é.txt',
      'd/b.txt.bak',
    ]
    const patterns = [...GLOBS, ...sample(globPattern(), 600)]
    for (const exclude of [[], ['d/*/a*'], ['**/*.txt', '.h/**']]) {
      const [theirs] = ask([['glob', { paths, patterns, exclude }]])
      const told = patterns.map((glob, index) => ({
        glob,
        mine: globFilter(glob, exclude)(paths),
        theirs: [...((theirs as string[][])[index] ?? [])].sort(),
      }))
      expect(
        told.filter(one => !isDeepStrictEqual(one.mine, one.theirs)).map(one => JSON.stringify(one)),
      ).toEqual([])
    }
  })
})

function searched(text: string, flags: 'verbose' | 'search'): unknown {
  try {
    const { matchesIn, width } = compilePattern(text, flags === 'verbose' ? { verbose: true } : SEARCH)
    if (flags === 'search' && mayBeEmpty(width)) return 'unsupported'
    return TEXTS.map(one =>
      matchesIn(one)
        .slice(0, flags === 'verbose' ? 1 : undefined)
        .map(match => {
          const points = (end: number): number => [...one.slice(0, end)].length
          return [
            points(match.index),
            points(match.index + match[0].length),
            ...match.slice(1).map(group => group ?? ''),
          ]
        }),
    )
  } catch (error) {
    if (error instanceof UnsupportedPattern) return 'unsupported'
    if (error instanceof InvalidPattern) return 'invalid'
    throw error
  }
}

function replaced(text: string, replace: string): string {
  try {
    const compiled = compilePattern(text)
    const replacement = replacementOf(replace, compiled)
    const source = plainText('ab12 cd')
    return source.splice(
      compiled.matchesIn(source.plain).map(match => ({
        start: match.index,
        end: match.index + match[0].length,
        text: replacement(match),
      })),
    )
  } catch (error) {
    if (error instanceof InvalidPattern) return 'invalid'
    throw error
  }
}

function formatted({ spec: one, value, number }: { spec: string; value: string; number: boolean }): string {
  try {
    return number ? formatInteger(BigInt(value), one) : formatText(value, one)
  } catch (error) {
    if (error instanceof TemplateError) return 'invalid'
    throw error
  }
}

function ourCodes(day: string): string {
  const names = [
    'YYYY',
    'YY',
    '0Y',
    'MMM',
    'MM',
    '0M',
    'DD',
    '0D',
    'JJJ',
    '00J',
    'Q',
    'WW',
    '0W',
    'UU',
    '0U',
    'VV',
    '0V',
    'GGGG',
    'GG',
    '0G',
  ]
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = new Date(year, month - 1, date)
  return names
    .sort()
    .map(name => `${name}=${calverText(`{${name}}`, at)}`)
    .join('|')
}

/** Patterns made of what patterns are made of, valid or not. */
