import { execFileSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'
import { patternSpan } from '../../src/version-source/pattern-span.ts'
import { pythonPattern } from '../../src/version-source/python-pattern.ts'
import { dynamicProject, found } from './project-files.ts'

const PROGRAM = `
import json, re, sys, warnings
warnings.simplefilter("ignore")

def answer(pattern, text):
    try:
        match = re.search(pattern, text, flags=re.MULTILINE)
    except re.error:
        return "error"
    return match and "version" in match.groupdict() and match["version"]

json.dump([answer(*question) for question in json.load(sys.stdin)], sys.stdout)
`

/** JavaScript has no quantifier behind an assertion; nothing else may be no pattern at all. */
const REFUSED = /^BUMP_REGEX_UNSUPPORTED: |Invalid quantifier|Nothing to repeat/

type Question = readonly [pattern: string, text: string]

/** What Python finds for the group version: its text, null or false for nothing, `error` for a pattern that is none. */
function byPython(questions: readonly Question[]): unknown[] {
  const input = JSON.stringify(questions)
  return JSON.parse(execFileSync(pythonWith('packaging==26.2'), ['-c', PROGRAM], { input, encoding: 'utf8' }))
}

function byUs([pattern, text]: Question): unknown {
  const found = pythonPattern(pattern, 'pattern').exec(text)?.groups?.version
  return found ?? null
}

describe('a pattern of Python', () => {
  it.each<Question>([
    ['^__version__ = "(?P<version>[^"]+)"', 'x\n__version__ = "1.2.3"\n'],
    ['(?i)^(__version__|VERSION) *= *([\'"])v?(?P<version>.+?)\\2', 'Version="v1.2"x"'],
    ['(?P<q>[\'"])(?P<version>\\d+)(?P=q)', '\'1" "2"'],
    ['\\Aa(?P<version>.)', 'b\na1\na2'],
    ['(?P<version>.)\\Z', '1\n2\n3'],
    ['(?P<version>.)$', '1\n2'],
    ['(?s)a(?P<version>.*)b', 'a1\n2b'],
    ['a(?P<version>.*)b', 'a1\n2b'],
    ['(?im)A(?P<version>\\d)', 'a1'],
    ['[]v](?P<version>\\d)', 'v1'],
    ['[]v](?P<version>\\d)', ']2'],
    ['[^]v](?P<version>\\d)', ']1v2x3'],
    ['[[(](?P<version>\\d)', '[1'],
    ['(?P<version>[\\d.]+)(?=-rc)', '1.0 2.0-rc'],
    ['(?<=v)(?P<version>\\d+)', '1 v2'],
    ['(?<!v)(?P<version>\\d)', 'v1 2'],
    ['(?:a|(b))(?P<x>c)(?P<version>(?P=x)1\\2)', 'acc1c'],
    ['((a)b)+(?P<version>\\d)', 'abab1'],
    ['a{,2}b(?P<version>\\d)', 'aab1'],
    ['a{x(?P<version>\\d)', 'a{x1'],
    ['v\\.\\-\\"\\ (?P<version>\\d)', 'v.-" 1'],
    ['(?:a|b)+?(?P<version>\\d{1,2})', 'ab123'],
    ['\\++(?P<version>\\d)'.replace('++', '+'), '+1'],
    ['[+*]?(?P<version>\\d)', '*1'],
  ])('%p finds in %p what it finds there', (pattern, text) => {
    const [expected] = byPython([[pattern, text]])
    expect(expected).not.toBe('error')
    expect(byUs([pattern, text])).toEqual(expected)
  })

  it.each([
    ['(?x)a (?P<version>b)', '(?x)'],
    ['(?P<a>b)?(?(a)c|d)(?P<version>1)', '(?('],
    ['(?>a)(?P<version>1)', '(?>'],
    ['(?P<version>a++)', '++'],
    ['(?P<version>a{1,2}+)', '{1,2}+'],
    ['(?i:a)(?P<version>1)', '(?i'],
    ['a(?i)(?P<version>1)', '(?i)'],
    ['(?a)(?P<version>1)', '(?a)'],
    ['\\N{DIGIT ONE}(?P<version>1)', '\\N'],
    ['[\\a](?P<version>1)', '\\a'],
    ['\\x31(?P<version>1)', '\\x'],
    ['v(?#why)*(?P<version>1)', '(?#why)'],
    ['(a)?(?P<version>\\1)', '\\1'],
    ['(a)|(?P<version>\\1)', '\\1'],
    ['(?:b|(a))(?P<version>\\1)', '\\1'],
    ['(?!(a))(?P<version>\\1)', '\\1'],
    ['(?:(?P<x>a)){,2}(?P<version>(?P=x))', '(?P=x)'],
    ['(?P<version>\\01)', '\\01'],
    ['(?P<version>1)\\', '\\'],
  ])('%p is refused with its piece %p', (pattern, piece) => {
    expect(() => pythonPattern(pattern, 'pattern of [x] in a.toml')).toThrow(
      `BUMP_REGEX_UNSUPPORTED: pattern of [x] in a.toml uses "${piece}", which has no equal in JavaScript. Write the pattern without it, or list the file under [[tool.bumpversion.files]] and set engine: bump-my-version.`,
    )
  })

  it('that is none is refused too', () => {
    expect(() => pythonPattern('(?P<version>1', 'pattern of [x] in a.toml')).toThrow(
      /^pattern of \[x\] in a\.toml is no valid regular expression: .*Correct it\.$/,
    )
  })

  it('put together from all pieces finds the same, or is refused', () => {
    const piece = fc.constantFrom(
      ...['a', 'b', '1', '.', '\\d', '\\s', '\\w', '\\b', '\\n', '\\.', '\\-', '^', '$', '\\A', '\\Z', ' '],
      ...[
        '[ab]',
        '[^a]',
        '[]a]',
        '[^]1]',
        '[a-c1]',
        '[\\d.]',
        '[[a]',
        '(?=1)',
        '(?!a)',
        '(?<=a)',
        '(?<!b)',
        '(?:a|1)',
      ],
      ...['(?#c)', '{', '}', ']', '\\]', '\\(', '(?P<x>a)', '(?P=x)', '\\x31', '(?>a)', '"'],
    )
    const repeat = fc.constantFrom(
      '',
      '',
      '',
      '*',
      '+',
      '?',
      '+?',
      '*?',
      '{2}',
      '{1,}',
      '{,2}',
      '{1,2}',
      '++',
    )
    const part = fc
      .array(
        fc.tuple(piece, repeat).map(pair => pair.join('')),
        { maxLength: 3 },
      )
      .map(all => all.join(''))
    const pattern = fc
      .tuple(fc.constantFrom('', '', '(?i)', '(?s)', '(?is)', '(?x)'), part, part, part)
      .map(([flags, before, inside, after]) => `${flags}${before}(?P<version>${inside})${after}`)
    const text = fc.stringMatching(/^[aAb1.\-\n "\]({]{0,10}$/)
    const questions = fc.sample(fc.tuple(pattern, text), 4000)
    const answers = byPython(questions)
    const ours = questions.map((question, index) => {
      // Where Python itself takes no pattern, hatchling fails before us.
      if (answers[index] === 'error') return 'error'
      try {
        return byUs(question)
      } catch (error) {
        expect(error).toMatchObject({ message: expect.stringMatching(REFUSED) })
        return answers[index]
      }
    })
    const wrong = questions.flatMap((question, index) =>
      ours[index] === answers[index] ? [] : [{ question, python: answers[index], ours: ours[index] }],
    )
    expect(wrong).toEqual([])
    expect(answers.filter(answer => typeof answer === 'string' && answer !== 'error').length).toBeGreaterThan(
      200,
    )
  })
})

describe('where a pattern finds the version', () => {
  it('is told in the text as it is, whatever its line ends', () => {
    const pattern = pythonPattern('^b\\n(?P<version>.+)$', 'pattern')
    for (const end of ['\n', '\r\n', '\r']) {
      const text = `\uFEFFa${end}b${end}1.2${end}c`
      const span = patternSpan(text, pattern, 'version', 'pattern')
      expect(text.slice(span?.start, span?.end)).toBe('1.2')
    }
  })

  it('has to be a group of the name version, for hatchling', () => {
    const pyproject = (pattern: string) =>
      dynamicProject('hatchling.build', `[tool.hatch.version]\npath = "a.py"\npattern = '${pattern}'\n`)
    expect(() => found({ 'pyproject.toml': pyproject('v = (.*)'), 'a.py': 'v = 1' })).toThrow(
      'pattern of [tool.hatch.version] in pyproject.toml has no group (?P<version>…), which hatchling needs. Add it around the version.',
    )
    expect(() => found({ 'pyproject.toml': pyproject('v = (?P<version>.*)'), 'a.py': 'w = 1' })).toThrow(
      'BUMP_SEARCH_MISSING: no version found in a.py, where pattern of [tool.hatch.version] in pyproject.toml points; no file was changed. Expected what v = (?P<version>.*) matches.',
    )
  })

  it('is in a file that exists, at a path that is set', () => {
    const pyproject = dynamicProject('hatchling.build', '[tool.hatch.version]\npath = "a.py"\n')
    expect(() => found({ 'p/pyproject.toml': pyproject }, 'p')).toThrow(
      'path of [tool.hatch.version] in p/pyproject.toml points to p/a.py, which does not exist. Correct the path.',
    )
    expect(() => found({ 'pyproject.toml': pyproject.replace('path', 'paths') })).toThrow(
      '[tool.hatch.version] in pyproject.toml has no path. Set it to the file that holds the version',
    )
    expect(() => found({ 'pyproject.toml': pyproject, 'a.py': 'x = 1\n' })).toThrow(
      'Expected __version__ = "1.2.3" or VERSION = "1.2.3" at the start of a line.',
    )
  })
})
