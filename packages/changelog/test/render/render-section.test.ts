import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { insertRelease } from '../../src/keep-a-changelog/insert-release.ts'
import { renderSection } from '../../src/render/render-section.ts'
import { commitOf, hashOf, mergeOf } from '../conventional/commit-of.ts'

const OPTIONS = { repositoryUrl: 'https://github.com/o/r' }
const render = (...messages: readonly string[]) =>
  renderSection(
    messages.map(text => commitOf(text)),
    OPTIONS,
  )
const entry = (message: string) => render(message).split('\n')[2]

describe('renderSection', () => {
  it('has the groups of Keep a Changelog, breaking changes first, and counts the rest', () => {
    const messages = [
      ...[
        'fix(ledger): round to cents (#12)',
        'feat: a page of costs (#11)',
        'feat(api)!: new paths (#10) (#13)',
      ],
      ...['perf: twice as fast', 'docs: spelling', 'remove: the old command', 'deprecate: the old flag'],
      ...[
        'fix(security): check the token',
        'test: more',
        'add asyncpg support',
        'docs: more',
        'security: pin',
      ],
    ]
    const broken = 'fix: rename the column (#9)\n\nBREAKING CHANGE: run the\nmigration first'
    expect(render(...messages, broken)).toBe(
      [
        ...['### Added', ''],
        '- **Breaking:** **api:** new paths ([#10](https://github.com/o/r/pull/10)) ([#13](https://github.com/o/r/pull/13))',
        '- a page of costs ([#11](https://github.com/o/r/pull/11))',
        ...['', '### Changed', '', '- twice as fast', '- add asyncpg support'],
        ...['', '### Deprecated', '', '- the old flag', '', '### Removed', '', '- the old command'],
        ...['', '### Fixed', ''],
        '- **Breaking:** rename the column ([#9](https://github.com/o/r/pull/9))',
        '  - run the migration first',
        '- **ledger:** round to cents ([#12](https://github.com/o/r/pull/12))',
        ...['', '### Security', '', '- **security:** check the token', '- pin'],
        ...['', 'Other: 3 commits (2 docs, 1 test).'],
      ].join('\n'),
    )
  })

  it('lists a break of any type', () => {
    expect(render('refactor!: x')).toBe('### Changed\n\n- **Breaking:** x')
    expect(render('chore: x\n\nBREAKING CHANGE: y')).toBe('### Changed\n\n- **Breaking:** x\n  - y')
  })

  it('leaves out merges, whose commits are listed, but none with a type', () => {
    const commits = [mergeOf('Merge pull request #1 from a/b'), mergeOf('feat: x (#2)')]
    expect(renderSection(commits)).toBe('### Added\n\n- x (#2)')
    expect(renderSection([])).toBe('')
  })

  it('lists a revert of an older release, and counts one that cancels out', () => {
    const feature = 'feat: x'
    const revert = `Revert "feat: x"\n\nThis reverts commit ${hashOf(feature)}.`
    expect(render(revert)).toBe('### Changed\n\n- Revert "feat: x"')
    expect(render(revert, feature)).toBe('Other: 2 commits (2 that cancel each other out).')
  })
})

describe('the text of an entry', () => {
  it.each([
    ['feat: `code_span` and snake_case -> x', '- `code_span` and snake_case -> x'],
    [
      'feat: *a* _b_ ~c~ $d$ [e](http://f) ![g](h)',
      '- \\*a\\* \\_b\\_ \\~c\\~ \\$d\\$ \\[e](http://f) !\\[g](h)',
    ],
    ['feat: <img src=x onerror=y> <!-- z', '- \\<img src=x onerror=y> \\<!-- z'],
    ['feat: an open ` backtick', '- an open \\` backtick'],
    ['feat: ``two ` in`` one', '- ``two ` in`` one'],
    ['feat: thanks @someone, a@b.example', '- thanks @&#8203;someone, a@b.example'],
    ['feat: &lt; & b', '- &amp;lt; & b'],
    ['feat: - list', '- \\- list'],
    ['feat: ## [9.9.9]', '- \\## \\[9.9.9]'],
    ['feat: > quote', '- \\> quote'],
    ['feat: 1. one', '- 1\\. one'],
    ['feat(a*b): x', '- **a\\*b:** x'],
    ['feat: a\u202eb\u0007c\u200bd\ttab', '- abcd tab'],
    ['feat: see #4 (#5', '- see #4 (#5'],
    ['feat: (#5)', '- (#5)'],
    ['\u200b', `- ${hashOf('\u200b').slice(0, 7)}`],
  ])('of %j is %j', (message, expected) => expect(entry(message)).toBe(expected))

  it('is one line that leaves the sections of a changelog as they are, whatever it is', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('```', '<!--', '## [1.0.0]', '[1.0.0]: x'),
    )
    const before = '# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-01-01\n\n- y\n'
    const release = { version: '1.1.0', date: '2026-02-01', tag: 'v1.1.0' }
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, typed) => {
        const subject = `${typed ? 'feat: ' : ''}${lines.join(' ')}`
        const body = render(`${subject}\n\nBREAKING CHANGE: ${lines.join('\n')}`)
        const { text, changed, section } = insertRelease(before, { ...release, body })
        expect(changed).toBe(true)
        expect(section).toBe(body)
        expect(text.endsWith('\n\n## [1.0.0] - 2026-01-01\n\n- y\n')).toBe(true)
        expect(body.split('\n').every(one => /^(?:$|### |- | {2}- |Other: )/.test(one))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
