import { describe, expect, it } from '@jest/globals'
import { sectionOf } from '../../src/keep-a-changelog/section-of.ts'

const CHANGELOG = `# Changelog

## [Unreleased]

- not yet

## [1.1.0] - 2026-02-01

### Fixed

- The [bug][12], see [#13] and [inline](https://x.y).

#### Deeper

- more

## [1.0.0-rc.1] - 2026-01-01 [YANKED]

## Older

- before that

[Unreleased]: https://github.com/o/r/compare/v1.1.0...HEAD
[1.1.0]: https://github.com/o/r/releases/tag/v1.1.0
[12]: https://github.com/o/r/issues/12
[#13]: https://github.com/o/r/pull/13
[inline]: https://other.example.com
`

describe('sectionOf', () => {
  it('gives the text with the link definitions that it uses', () => {
    expect(sectionOf(CHANGELOG, '1.1.0')).toBe(`### Fixed

- The [bug][12], see [#13] and [inline](https://x.y).

#### Deeper

- more

[12]: https://github.com/o/r/issues/12
[#13]: https://github.com/o/r/pull/13`)
  })

  it('finds a version in another spelling, and an empty section', () => {
    expect(sectionOf(CHANGELOG, '1.0.0rc1')).toBe('')
    expect(sectionOf('## v1.1', '1.1.0')).toBe('')
  })

  it('finds no section of what is not there', () => {
    for (const version of ['1.0.0', '1.1', '2026.2.1', 'Older', '']) {
      expect(sectionOf(CHANGELOG.replace('[1.1.0] -', '[1.1.1] -'), version)).toBeUndefined()
    }
  })

  it('keeps CRLF, and code that looks like a heading', () => {
    const text =
      '## 1.0.0\r\n\r\n```\r\n## 0.9.0\r\n```\r\n\r\n[#1] x\r\n\r\n## 0.8.0\r\n\r\n[#1]: https://x.y\r\n'
    expect(sectionOf(text, '1.0.0')).toBe('```\r\n## 0.9.0\r\n```\r\n\r\n[#1] x\r\n\r\n[#1]: https://x.y')
    expect(sectionOf(text, '0.9.0')).toBeUndefined()
  })

  it('takes the package that is asked for', () => {
    const text = '## [core-v1.0.0]\n\n- core\n\n## [@acme/cli@1.0.0]\n\n- cli\n'
    expect(sectionOf(text, '1.0.0', '@acme/cli')).toBe('- cli')
    expect(sectionOf(text, '1.0.0')).toBe('- core')
    expect(sectionOf(text, '1.0.0', 'other')).toBeUndefined()
  })
})
