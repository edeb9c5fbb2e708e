import { describe, expect, it } from '@jest/globals'
import { added, file, insert } from './inserting.ts'

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
