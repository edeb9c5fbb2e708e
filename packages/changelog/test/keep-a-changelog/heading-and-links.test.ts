import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { insertRelease } from '../../src/keep-a-changelog/insert-release.ts'
import { sectionOf } from '../../src/keep-a-changelog/section-of.ts'
import { added, file, insert, RELEASE } from './inserting.ts'

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
