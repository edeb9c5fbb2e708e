import { execFileSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { namesBreakInBody, parseCommit } from '../../src/conventional/parse-commit.ts'

const lines = (...text: readonly string[]) => text.join('\n')

describe('the subject', () => {
  it.each([
    ['feat: x', { type: 'feat', description: 'x', isBreaking: false }],
    ['feat(ledger): x y', { type: 'feat', scope: 'ledger', description: 'x y' }],
    ['refactor(api)!: x', { type: 'refactor', scope: 'api', isBreaking: true, breaks: [] }],
    ['FEAT!:  x ', { type: 'feat', description: 'x', isBreaking: true }],
    ['fix(deps, ui): x: y', { scope: 'deps, ui', description: 'x: y' }],
    ['Revert "feat: x (#3)" (#4)', { type: 'revert', description: '"feat: x (#3)" (#4)' }],
    ['Reapply "feat(a): x"', { type: 'feat', scope: 'a', description: 'x' }],
    ['revert: feat: x', { type: 'revert', description: 'feat: x' }],
  ])('%j is read', (message, expected) => expect(parseCommit(message)).toMatchObject(expected))

  it.each([
    ...['', 'x', 'feat:x', 'feat : x', 'feat: ', 'feat(): x', 'feat(a): ', 'fixup! feat: x'],
    ...['Merge branch x', 'feat (a): x', 'two words: x', '\n\n', ': x', '(a): x'],
  ])('%j has another form', message => expect(parseCommit(message)).toBeUndefined())
})

describe('a break', () => {
  it.each([
    ['in a footer', lines('fix: x', '', 'BREAKING CHANGE: the API', 'is new'), ['the API\nis new']],
    ['with a hyphen', lines('fix: x', '', 'why', '', 'BREAKING-CHANGE: y', 'Refs: #1'), ['y']],
    ['before co-authors', lines('fix: x', '', 'BREAKING CHANGE: y', '', 'Co-authored-by: A <a@b>'), ['y']],
    [
      'of two paragraphs',
      lines('fix: x', '', 'BREAKING CHANGE: y', '', 'Do z instead.'),
      ['y\n\nDo z instead.'],
    ],
    [
      'after prose, with what git signs',
      lines('x: y', '', 'Of', 'some', 'lines.', 'BREAKING CHANGE: z', 'Signed-off-by: A'),
      ['z'],
    ],
    ['with CRLF', 'fix: x\r\n\r\nBREAKING CHANGE: y\r\nz\r\n', ['y\nz']],
    ['of a revert', lines('Revert "feat: x"', '', 'BREAKING CHANGE: y'), ['y']],
    ['twice', lines('fix: x', '', 'BREAKING CHANGE: y', 'BREAKING CHANGE: z'), ['y', 'z']],
    ['at the end of a squash', lines('fix: x', '', '* feat: y', '', 'BREAKING CHANGE: z'), ['z']],
  ])('%s is read', (_, message, breaks) => {
    expect(parseCommit(message)).toMatchObject({ isBreaking: true, breaks })
    expect(namesBreakInBody(message)).toBe(false)
  })

  it.each([
    ['in the middle of a squash', lines('fix: x', '', '* feat: y', '', 'BREAKING CHANGE: z', '', '* fix: w')],
    ['as the subject of a squashed commit', lines('fix: x', '', '* feat(a)!: y', '', '* fix: z')],
    ['inside a paragraph of the body', lines('fix: x', '', 'Prose.', 'BREAKING CHANGE: z')],
    ['without a blank line after the subject', lines('fix: x', 'BREAKING CHANGE: y')],
    ['in a list', lines('fix: x', '', '- BREAKING CHANGE: z')],
  ])('%s is not read, but found for a person', (_, message) => {
    expect(parseCommit(message)?.isBreaking).toBe(false)
    expect(namesBreakInBody(message)).toBe(true)
  })

  it.each([
    ['in lower case', lines('fix: x', '', 'breaking change: y')],
    ['in a sentence', lines('fix: x', '', 'This is no BREAKING CHANGE: it is small.')],
    ['as a word', lines('fix: no BREAKING CHANGE: y')],
  ])('%s is none at all', (_, message) => {
    expect(parseCommit(message)?.isBreaking).toBe(false)
    expect(namesBreakInBody(message)).toBe(false)
  })
})

describe('the rest of a message', () => {
  it('is split into body and footers', () => {
    const reviewed = ['Reviewed-by: Z', 'Refs #12', ' and #13']
    const message = lines('fix: x', '', 'One.', '', 'Two.', '', ...reviewed, '', 'BREAKING CHANGE: y')
    expect(parseCommit(message)).toMatchObject({
      body: 'One.\n\nTwo.',
      footers: [
        { token: 'Reviewed-by', value: 'Z' },
        { token: 'Refs', value: '#12\nand #13' },
        { token: 'BREAKING CHANGE', value: 'y' },
      ],
    })
  })

  it('ends with at least the trailers that git finds there', () => {
    const line = fc.constantFrom(
      'Reviewed-by: Z',
      'Signed-off-by: A <a@b>',
      'Prose of a line',
      ' more',
      'Refs: 1',
    )
    const paragraphs = fc.array(fc.array(line, { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(paragraphs, text => {
        const message = ['fix: x', ...text.map(all => all.join('\n'))].join('\n\n')
        const git = execFileSync('git', ['interpret-trailers', '--parse', '--no-divider'], {
          input: `${message}\n`,
        })
        const found = [...`${git}`.matchAll(/^([\w-]+): /gm)].map(([, token]) => token)
        const tokens = parseCommit(message)?.footers.map(({ token }) => token) ?? []
        expect(tokens.slice(tokens.length - found.length)).toEqual(found)
      }),
      { numRuns: 150 },
    )
  })
})
