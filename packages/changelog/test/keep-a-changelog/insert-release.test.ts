import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { insertRelease, type Release } from '../../src/keep-a-changelog/insert-release.ts'
import { sectionOf } from '../../src/keep-a-changelog/section-of.ts'

const RELEASE: Release = {
  version: '1.2.0',
  date: '2026-11-24',
  tag: 'v1.2.0',
  previousTag: 'v1.1.0',
  repositoryUrl: 'https://github.com/o/r',
}
const insert = (text: string, more: Partial<Release> = {}) => insertRelease(text, { ...RELEASE, ...more })
const file = (...lines: readonly string[]) => `${lines.join('\n')}\n`
/** Lines that came, as they stand in the new text. */
const added = (text: string, more: Partial<Release> = {}) => {
  const before = text.split('\n')
  return insert(text, more)
    .text.split('\n')
    .filter(line => line !== '' && !before.includes(line))
}

describe('insertRelease', () => {
  it('moves the text of Unreleased into the new section and starts both links at their tags', () => {
    const before = file(
      ...[
        '# Changelog',
        '',
        'All notable changes.',
        '',
        '## [Unreleased]',
        '',
        '### Added',
        '',
        '- A page.',
        '',
      ],
      ...['## [1.1.0] - 2026-01-01', '', '### Fixed', '', '- A bug.', ''],
      ...['[Unreleased]: https://github.com/o/r/compare/v1.1.0...HEAD'],
      ...['[1.1.0]: https://github.com/o/r/releases/tag/v1.1.0'],
    )
    expect(insert(before, { body: 'not wanted' })).toEqual({
      text: file(
        ...['# Changelog', '', 'All notable changes.', '', '## [Unreleased]', ''],
        ...['## [1.2.0] - 2026-11-24', '', '### Added', '', '- A page.', ''],
        ...['## [1.1.0] - 2026-01-01', '', '### Fixed', '', '- A bug.', ''],
        ...['[Unreleased]: https://github.com/o/r/compare/v1.2.0...HEAD'],
        ...['[1.2.0]: https://github.com/o/r/compare/v1.1.0...v1.2.0'],
        ...['[1.1.0]: https://github.com/o/r/releases/tag/v1.1.0'],
      ),
      section: '### Added\n\n- A page.',
      changed: true,
      source: 'unreleased',
      reason: 'The hand-written text of Unreleased became the section.',
    })
  })

  it('takes the given text when nothing is written, and leaves the section empty without one', () => {
    const before = file('# Changelog', '', '## [Unreleased]', '', '## [1.1.0] - 2026-01-01')
    const made = insert(before, { body: '\n### Added\n\n- From commits.\n\n' })
    expect(made).toMatchObject({ source: 'body', section: '### Added\n\n- From commits.' })
    expect(made.text).toBe(
      file(
        ...['# Changelog', '', '## [Unreleased]', '', '## [1.2.0] - 2026-11-24', '', '### Added', ''],
        ...['- From commits.', '', '## [1.1.0] - 2026-01-01'],
      ),
    )
    expect(insert(before)).toMatchObject({ source: 'none', section: '' })
    expect(added(before)).toEqual(['## [1.2.0] - 2026-11-24'])
  })

  it.each(['1.2.0', 'v1.2.0'])('does not change a file that has the section, written %s', version => {
    const before = file(
      '# Changelog',
      '',
      '## [Unreleased]',
      '',
      '- x',
      '',
      `## [${version}] - 2026-01-01`,
      '- y',
    )
    expect(insert(before)).toMatchObject({
      ...{ text: before, changed: false, section: '- y' },
      reason: 'The section of 1.2.0 is there already.',
    })
  })

  it('knows a section by its version and not by its spelling', () => {
    const before = file('# Changelog', '', '## [1.0.0-rc.1] - 2026-01-01')
    expect(insert(before, { version: '1.0.0rc1', tag: 'v1.0.0rc1' }).changed).toBe(false)
    expect(insert(before, { version: '1.0.0', tag: 'v1.0.0' }).changed).toBe(true)
  })

  it('makes a changelog of an empty file', () => {
    const { text, section } = insert('', { body: '### Added\n\n- x' })
    expect(text).toContain('# Changelog\n\nThe format is [Keep a Changelog 1.1.0]')
    expect(text).toMatch(/\n\n## \[Unreleased\]\n\n## \[1\.2\.0\] - 2026-11-24\n\n### Added\n\n- x\n$/)
    expect(section).toBe('### Added\n\n- x')
  })

  it('goes before the newest release without Unreleased, and below the preamble without any section', () => {
    const preamble = file('# Changelog', '', 'All notable changes', 'in this file.', '')
    expect(insert(`${preamble}## 1.1.0\n\n- y\n`).text).toBe(
      `${preamble}## 1.2.0 - 2026-11-24\n\n## 1.1.0\n\n- y\n`,
    )
    expect(insert(preamble, { body: '- x' }).text).toBe(`${preamble}## [1.2.0] - 2026-11-24\n\n- x\n`)
    expect(insert('# Changelog', { body: '- x' }).text).toBe(
      '# Changelog\n\n## [1.2.0] - 2026-11-24\n\n- x\n',
    )
  })

  it.each([
    ['reStructuredText', 'Changelog\n=========\n\n1.1.0\n-----\n\n* x\n'],
    ['headings that are no versions', '# News\n\n## Week 12\n\n- x\n'],
    ['prose', 'Nothing here yet.\n'],
  ])('leaves %s alone and says why', (_, text) => {
    const { reason, ...rest } = insert(text, { body: '- x' })
    expect(rest).toEqual({ text, section: '', changed: false, source: 'none' })
    expect(reason).toContain('no heading of a release')
  })

  it.each([
    ['the file', '# Changelog\n\n```\nopen\n', '- x'],
    ['the text', '# Changelog\n\n## [1.1.0]\n\n- y\n', '<!-- open'],
  ])('leaves the file alone when a block of code or a comment in %s does not end', (_, text, body) => {
    const { reason, ...rest } = insert(text, { body })
    expect(rest).toMatchObject({ text, changed: false })
    expect(reason).toContain('does not end')
  })
})

describe('what stays under Unreleased', () => {
  it('is a template of empty groups while nothing is written', () => {
    const template = ['### Added', '', '### Fixed', '', '<!-- one line each -->']
    const before = file('# Changelog', '', '## [Unreleased]', '', ...template, '', '## [1.1.0] - 2026-01-01')
    expect(insert(before, { body: '- x' }).text).toBe(
      file(
        ...['# Changelog', '', '## [Unreleased]', '', ...template, ''],
        ...['## [1.2.0] - 2026-11-24', '', '- x', '', '## [1.1.0] - 2026-01-01'],
      ),
    )
  })

  it('is a comment that comes first; empty groups do not move', () => {
    const written = [
      '### Added',
      '- x',
      '### Changed',
      '### Fixed',
      '',
      '- y',
      '#### Deep',
      '',
      '### Removed',
      '#### Deeper',
      '- z',
      '### Security',
    ]
    const before = file(
      '# C',
      '',
      '## [Unreleased]',
      '<!-- add',
      'lines -->',
      '',
      ...written,
      '',
      '## [1.1.0]',
    )
    expect(insert(before).text).toBe(
      file(
        ...['# C', '', '## [Unreleased]', '<!-- add', 'lines -->', '', '## [1.2.0] - 2026-11-24', ''],
        ...[
          '### Added',
          '- x',
          '### Fixed',
          '',
          '- y',
          '#### Deep',
          '',
          '### Removed',
          '#### Deeper',
          '- z',
          '',
          '## [1.1.0]',
        ],
      ),
    )
  })
})

describe('what only looks like a section', () => {
  const example = ['```markdown', '## [Unreleased]', '', '## [1.2.0] - 2026-11-24', '```']
  const comment = ['<!--', '## [Unreleased]', '## [1.2.0] - 2026-11-24', '-->']

  it.each([
    ['an example in the preamble', example],
    ['a comment in the preamble', comment],
    ['code in tildes', ['~~~~', '~~~', '## [Unreleased]', '~~~~']],
    ['code by indentation', ['    ## [Unreleased]']],
    ['a word with a number', ['## Python 3.11 is needed', '']],
  ])('is %s', (_, lines) => {
    const preamble = file('# Changelog', '', ...lines, '')
    const { text } = insert(`${preamble}## [Unreleased]\n\n- x\n`)
    expect(text).toBe(`${preamble}## [Unreleased]\n\n## [1.2.0] - 2026-11-24\n\n- x\n`)
  })
})

describe('the new heading has the form of the newest one', () => {
  it.each([
    ['## [1.1.0] - 2026-01-01', '## [1.2.0] - 2026-11-24'],
    ['## [1.1.0] - 2026-01-01 [YANKED]', '## [1.2.0] - 2026-11-24'],
    ['## 1.1.0 (2026-01-01)', '## 1.2.0 (2026-11-24)'],
    ['## v1.1.0 — 2026-01-01', '## v1.2.0 — 2026-11-24'],
    ['## [v1.1.0] 2026-01-01', '## [v1.2.0] 2026-11-24'],
    ['## 1.1.0 (January 1, 2026)', '## 1.2.0 (2026-11-24)'],
    ['## Version 1.1.0', '## Version 1.2.0 - 2026-11-24'],
    ['### [1.1.0] - 2026-01-01', '### [1.2.0] - 2026-11-24'],
    [
      '## [1.1.0](https://github.com/o/r/compare/v1.0.0...v1.1.0) (2026-01-01)',
      '## [1.2.0](https://github.com/o/r/compare/v1.1.0...v1.2.0) (2026-11-24)',
    ],
    [
      '## [1.1.0](https://github.com/o/r/releases/tag/v1.1.0) - 2026-01-01',
      '## [1.2.0](https://github.com/o/r/releases/tag/v1.2.0) - 2026-11-24',
    ],
    ['## [1.1.0](https://example.com) - 2026-01-01', '## [1.2.0] - 2026-11-24'],
  ])('%s', (newest, expected) => {
    expect(added(file('# Changelog', '', newest, '', '- y'))).toEqual([expected])
  })

  it('of the same package in a monorepo, whose other packages may have the version', () => {
    const before = file(
      '# C',
      '',
      '## [core-v1.2.0] - 2026-01-01',
      '',
      '- core',
      '',
      '## [cli-v1.1.0] - 2026-01-01',
    )
    const cli = { tag: 'cli-v1.2.0', body: '- cli' }
    expect(added(before, cli)).toEqual(['## [cli-v1.2.0] - 2026-11-24', '- cli'])
    expect(insert(before, cli).section).toBe('- cli')
    expect(insert(before, { tag: 'core-v1.2.0' }).changed).toBe(false)
    expect(added(before, { tag: 'new-v1.2.0' })).toEqual(['## [new-v1.2.0] - 2026-11-24'])
    expect(added(file('# C', '', '## [Unreleased]', '## 1.1.0'), cli)).toEqual([
      '## 1.2.0 - 2026-11-24',
      '- cli',
    ])
  })
})

describe('link definitions', () => {
  const before = (...links: readonly string[]) =>
    file('# C', '', '## [Unreleased]', '', '## [1.1.0]', '', ...links)
  const OLD = '[1.1.0]: https://github.com/o/r/releases/tag/v1.1.0'
  const UNRELEASED = '[unreleased]: https://github.com/o/r/compare/v1.1.0...main'
  const HEADING = '## [1.2.0] - 2026-11-24'

  it('keep the form that the file has', () => {
    const gitlab = '[Unreleased]: https://gitlab.com/o/r/-/compare/v1.0.9..main "what comes"'
    expect(added(before(gitlab), { previousTag: 'v1.1.0' })).toEqual([
      HEADING,
      '[Unreleased]: https://gitlab.com/o/r/-/compare/v1.2.0..main "what comes"',
      '[1.2.0]: https://gitlab.com/o/r/-/compare/v1.1.0..v1.2.0',
    ])
  })

  it('stand in the order that the file has', () => {
    const tail = (text: string) => insert(text).text.split('\n').slice(-4, -1)
    const [link, unreleased] = [
      '[1.2.0]: https://github.com/o/r/compare/v1.1.0...v1.2.0',
      '[unreleased]: https://github.com/o/r/compare/v1.2.0...main',
    ]
    expect(tail(before(UNRELEASED, OLD))).toEqual([unreleased, link, OLD])
    expect(tail(before(OLD, UNRELEASED))).toEqual([OLD, link, unreleased])
  })

  it('are added for both when only releases have one', () => {
    expect(added(before(OLD))).toEqual([HEADING, '[1.2.0]: https://github.com/o/r/compare/v1.1.0...v1.2.0'])
  })

  it('lead to the release when there is none before it', () => {
    const first = file('# C', '', '## [Unreleased]', '', '[Unreleased]: https://github.com/o/r/commits/main')
    const { previousTag: _, ...release } = RELEASE
    expect(insertRelease(first, release).text.split('\n').slice(-3, -1)).toEqual([
      '[Unreleased]: https://github.com/o/r/compare/v1.2.0...HEAD',
      '[1.2.0]: https://github.com/o/r/releases/tag/v1.2.0',
    ])
  })

  it('are told by the other links without the address of the repository', () => {
    const { repositoryUrl: _, ...release } = RELEASE
    const ghes = '[1.1.0]: https://git.example.com/o/r/releases/tag/v1.1.0'
    const { text } = insertRelease(before(ghes), release)
    expect(text).toContain('[1.2.0]: https://git.example.com/o/r/compare/v1.1.0...v1.2.0')
    const odd = before('[1.1.0]: https://example.com/notes.html')
    expect(insertRelease(odd, release).text).toBe(odd.replace('## [1.1.0]', `${HEADING}\n\n## [1.1.0]`))
  })

  it('are not added where the file has none, nor for a heading without brackets', () => {
    expect(added(before('[#12]: https://github.com/o/r/pull/12'))).toEqual([HEADING])
    const plain = file('# C', '', '## Unreleased', '', '## 1.1.0 - 2026-01-01', '', UNRELEASED)
    expect(added(plain)).toEqual([
      '## 1.2.0 - 2026-11-24',
      '[unreleased]: https://github.com/o/r/compare/v1.2.0...main',
    ])
  })

  it('are left when the new one is there already', () => {
    const mine = '[1.2.0]: https://example.com/mine'
    expect(added(before(UNRELEASED, mine))).not.toContain(
      '[1.2.0]: https://github.com/o/r/compare/v1.1.0...v1.2.0',
    )
  })

  it('stay where they are when they stand right below Unreleased, or at the end of a file without a last new line', () => {
    const below = file('# C', '', '## [Unreleased]', '', '- x', '', UNRELEASED, '', '## [1.1.0]', '')
    expect(insert(below).section).toBe('- x')
    expect(insert(below).text).toContain('v1.1.0...v1.2.0\n\n## [1.1.0]')
    const cut = `# C\n\n## [Unreleased]\n\n${UNRELEASED}`
    expect(insert(cut).text).toMatch(
      /\n\[unreleased\]: .*v1\.2\.0\.\.\.main\n\[1\.2\.0\]: .*v1\.1\.0\.\.\.v1\.2\.0$/,
    )
  })
})

describe('whatever the changelog', () => {
  const LINES = [
    ...[
      '',
      '',
      '- x',
      '### Added',
      '### Fixed',
      'Prose.',
      '```',
      '<!-- c -->',
      '# Changelog',
      '## [Unreleased]',
    ],
    ...[
      '## [1.1.0] - 2026-01-01',
      '## 1.0.0',
      '## [0.9.0] - 2025-01-01 [YANKED]',
      '## Older',
      '[#1]: https://x.y/1',
    ],
    ...[
      '[unreleased]: https://github.com/o/r/compare/v1.1.0...HEAD',
      '[1.1.0]: https://github.com/o/r/releases/tag/v1',
    ],
  ]
  const texts = fc.array(fc.constantFrom(...LINES), { maxLength: 25 }).map(lines => lines.join('\n'))
  const withoutLinks = (section = 'none') => section.replace(/^\[[^#].*\]: .*\n?/gm, '').trimEnd()
  const isSection = (line: string) => /^## (?:\[Unreleased|\[?\d)/.test(line)

  it('a second run changes nothing, and the section is what sectionOf gives', () => {
    fc.assert(
      fc.property(texts, text => {
        const once = insert(text, { body: '- made' })
        expect(insert(once.text, { body: '- made' }).text).toBe(once.text)
        expect(once.section).toBe(sectionOf(once.text, '1.2.0') ?? '')
        expect(once.changed).toBe(once.text !== text)
      }),
      { numRuns: 2000 },
    )
  })

  it('the preamble keeps its bytes, no line but an empty group is lost, and other sections keep their text', () => {
    fc.assert(
      fc.property(texts, text => {
        const { text: after, changed } = insert(text, { body: '- made' })
        if (!changed || text.trim() === '') return
        const first = text.split('\n').findIndex(isSection)
        const preamble = first < 0 ? text.trimEnd() : text.split('\n').slice(0, first).join('\n')
        if (!preamble.includes(']: ')) expect(after.startsWith(preamble)).toBe(true)
        const kept = (line: string) => line !== '' && !/^### |^\[unreleased\]:/.test(line)
        const rest = after.split('\n')
        for (const line of text.split('\n').filter(kept)) {
          const at = rest.indexOf(line)
          expect(at).toBeGreaterThanOrEqual(0)
          rest.splice(at, 1)
        }
        for (const version of ['1.1.0', '1.0.0', '0.9.0']) {
          expect(withoutLinks(sectionOf(after, version))).toBe(withoutLinks(sectionOf(text, version)))
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('the ends of lines are those of the file', () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n')
    fc.assert(
      fc.property(texts, text => {
        if (!text.includes('\n') || text.trim() === '') return
        const body = '### Added\n\n- made'
        expect(insert(crlf(text), { body }).text).toBe(crlf(insert(text, { body }).text))
      }),
      { numRuns: 1000 },
    )
  })
})
