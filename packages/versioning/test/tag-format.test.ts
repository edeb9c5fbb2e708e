import { describe, expect, it } from '@jest/globals'
import { gitRepo } from '@tokenledger/testkit'
import fc from 'fast-check'
import { tagFormat } from '../src/index.ts'
import { version, versionsOf } from './arbitraries.ts'

describe('a tag format', () => {
  it('gives the tag of a version as it is spelled', () => {
    expect(tagFormat('v{version}').tagOf(version('1.0.0-rc.1'))).toBe('v1.0.0-rc.1')
    expect(tagFormat('{name}-v{version}', 'core').tagOf(version('1.0.0rc1'))).toBe('core-v1.0.0rc1')
    expect(tagFormat('@acme/{name}@{version}', 'core').tagOf(version('v1.0'))).toBe('@acme/core@1.0')
    expect(tagFormat('release/{version}-final').tagOf(version('1.0'))).toBe('release/1.0-final')
  })

  it.each([
    'rev0.9',
    'xv1.0',
    'v1.0x',
    'v1.0 ',
    'v 1.0',
    'vv1.0',
    'V1.0',
    '1.0',
    'v',
    'v1.x',
    'vfoo.bar.baz',
    'core-v1.0',
  ])('takes the whole tag: %p is none of v{version}', tag => {
    expect(tagFormat('v{version}').versionOf(tag)).toBeUndefined()
  })

  it('knows the tags of one package from those of another', () => {
    const core = tagFormat('{name}-v{version}', 'core')
    const tags = ['core-v1.0', 'core-v2-v3.0', 'corex-v1.0', 'my-core-v1.0', 'v1.0', 'core.v1.0', 'CORE-v1.0']
    expect(tags.filter(tag => core.versionOf(tag))).toEqual(['core-v1.0'])
    const dotted = tagFormat('{name}-v{version}', 'a.b')
    expect(dotted.versionOf('a.b-v1.0')?.text).toBe('1.0')
    expect(dotted.versionOf('axb-v1.0')).toBeUndefined()
  })

  it('does not read a letter v twice where the format has none', () => {
    expect(tagFormat('{version}').versionOf('v1.0')).toBeUndefined()
    expect(tagFormat('{version}').versionOf('1.0')?.release).toEqual([1, 0])
  })

  it('does not let the text before and after the version overlap', () => {
    expect(tagFormat('1.{version}.1').versionOf('1.1')).toBeUndefined()
    expect(tagFormat('1.{version}.1').versionOf('1.2.1')?.text).toBe('2')
  })

  const formats = fc.constantFrom(
    'v{version}',
    '{version}',
    '{name}-v{version}',
    '{name}/{version}',
    'r{version}-x',
  )

  it('reads the tag that it wrote', () => {
    fc.assert(
      fc.property(versionsOf({ locals: true }), formats, (one, format) => {
        const { tagOf, versionOf } = tagFormat(format, 'core')
        expect(versionOf(tagOf(one))).toEqual(one)
      }),
    )
  })

  it('writes the tag that it read', () => {
    const tags = fc.stringMatching(/^(core-)?v{0,2}[0-9][0-9a-z.+-]{0,8}$/)
    let read = 0
    fc.assert(
      fc.property(tags, formats, (tag, format) => {
        const { tagOf, versionOf } = tagFormat(format, 'core')
        const one = versionOf(tag)
        if (!one) return
        read += 1
        expect(tagOf(one)).toBe(tag)
      }),
      {
        numRuns: 3000,
        examples: [
          ['v1', 'v{version}'],
          ['core-v1.0-rc.1', '{name}-v{version}'],
        ],
      },
    )
    expect(read).toBeGreaterThan(1)
  })

  it.each([
    ['v1', 'needs {version} just once'],
    ['{version}-{version}', 'needs {version} just once'],
    ['v{new_version}', 'needs {version} just once'],
    ['{nome}-v{version}', 'has the unknown {nome}'],
    ['{name}-v{version}', 'needs a name, and the project has none'],
    ['release {version}', 'makes no valid name of a git tag'],
    ['v..{version}', 'makes no valid name of a git tag'],
    ['-v{version}', 'makes no valid name of a git tag'],
    ['v{version}/', 'makes no valid name of a git tag'],
    ['v{version}.lock', 'makes no valid name of a git tag'],
    ['v{version}^', 'makes no valid name of a git tag'],
  ])('is refused when it is %p', (format, message) => {
    expect(() => tagFormat(format)).toThrow(message)
    expect(() => tagFormat(format)).toThrow('Write it like v{version} or {name}-v{version}.')
  })

  it('is refused just when git refuses the tag', () => {
    const { git } = gitRepo({ 'a.txt': 'a' })
    const candidates = [
      'v',
      'a/',
      '/',
      'a//',
      'a b',
      '.a',
      'a/.b',
      'a..',
      'a.lock/',
      '@',
      '@{',
      'a@',
      'x~',
      'a:',
      '[',
      'a\\',
      '-',
    ]
    const disagreed = candidates.filter(prefix => {
      const ours = accepts(() => tagFormat(`${prefix}{version}`))
      return ours !== accepts(() => git('tag', '--end-of-options', `${prefix}1`))
    })
    expect(disagreed).toEqual([])
  })
})

function accepts(action: () => unknown): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
