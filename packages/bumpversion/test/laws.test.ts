import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { bump, type Files, pyproject } from './project.ts'

const numbers = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40)).map(parts => parts.join('.'))
const part = fc.constantFrom('major', 'minor', 'patch')
const entry = (path: string): string => `[[tool.bumpversion.files]]\nfilename = "${path}"\n`
const configured = (current: string, entries: string): string =>
  pyproject(`current_version = "${current}"\n${entries}`)

/** Texts that are full of versions, pieces of versions and line ends. */
const around = (current: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.constantFrom(
        current,
        current,
        '1',
        '0',
        '.',
        '.7',
        ' ',
        '\n',
        '\r\n',
        '"',
        'v',
        '-',
        'rc1',
        'é',
        '😀',
        '==',
        '\uFEFF',
      ),
      { maxLength: 14 },
    )
    .map(pieces => pieces.join(''))
const versionAndText = numbers.chain(current => fc.tuple(fc.constant(current), around(current), part))

describe('the laws of a bump', () => {
  it('a digit, or a digit behind a dot, beside a match is never touched: only whole versions change', () => {
    fc.assert(
      fc.property(versionAndText, ([current, text, name]) => {
        const files = {
          'pyproject.toml': configured(current, `${entry('f')}ignore_missing_version = true`),
          f: text,
        }
        const { after, bumped } = bump(files, name)
        const whole = new RegExp(`(?<![0-9])(?<![0-9]\\.)${current.replaceAll('.', '\\.')}(?!\\.?[0-9])`, 'g')
        expect(after.f).toBe(text.replace(whole, bumped.next))
      }),
      { numRuns: 400 },
    )
  })

  it('a plan that fails changes no byte, and a plan that does not changes every file or says which it did not', () => {
    const texts = numbers.chain(current =>
      fc.tuple(fc.constant(current), fc.array(around(current), { minLength: 1, maxLength: 4 }), part),
    )
    fc.assert(
      fc.property(texts, ([current, all, name]) => {
        const paths = all.map((_, index) => `f${index}`)
        const files: Files = Object.freeze({
          'pyproject.toml': configured(current, paths.map(entry).join('')),
          ...Object.fromEntries(all.map((text, index) => [`f${index}`, text])),
        })
        const copy = structuredClone(files)
        const plan = planned(files, name)
        expect(files).toEqual(copy)
        expect(plan === undefined || paths.every(path => plan.includes(path))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('bump then parse gives the same version: the next bump starts from what this one wrote', () => {
    fc.assert(
      fc.property(scheme(), fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), (body, steps) => {
        let files: Files = { '.bumpversion.toml': `[tool.bumpversion]\n${body}` }
        for (const step of steps) {
          const name = PARTS[step] ?? 'major'
          const first = planned(files, name) === undefined ? undefined : bump(files, name)
          if (!first) return
          expect(first.bumped.warnings).toEqual([])
          files = first.after
          const again = bump(files, 'major').bumped
          expect(again.current).toBe(first.bumped.next)
          expect(again.currentParts).toEqual(first.bumped.nextParts)
        }
      }),
      { numRuns: 200 },
    )
  })
})

const PARTS = ['major', 'minor', 'pre', 'num'] as const

/** Versions such as 1.2, 1.2-beta.3, in several ways to say what may be left out. */
function scheme(): fc.Arbitrary<string> {
  return fc
    .record({
      current: fc.constantFrom('0.1', '1.2-alpha.1', '9.9-beta.9', '3.0'),
      optional: fc.constantFrom('final', 'alpha'),
      first: fc.constantFrom(0, 1),
      independent: fc.boolean(),
    })
    .map(
      ({ current, optional, first, independent }) => `current_version = "${current}"
parse = '(?P<major>\\d+)\\.(?P<minor>\\d+)(?:-(?P<pre>[a-z]+)\\.(?P<num>\\d+))?'
serialize = ["{major}.{minor}-{pre}.{num}", "{major}.{minor}"]
parts.pre = { values = ["alpha", "beta", "final"], optional_value = "${optional}" }
parts.num = { first_value = ${first}, independent = ${independent} }
`,
    )
}

/** The paths of a plan, or nothing when it was refused. */
function planned(files: Files, name: string): string[] | undefined {
  try {
    return bump(files, name).plan.edits.map(({ path }) => path)
  } catch (error) {
    if (error instanceof Error && error.name === 'UserError') return undefined
    throw error
  }
}
