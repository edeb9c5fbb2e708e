import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { byteRange } from '../src/package-index/file-store.ts'
import {
  type IndexFile,
  pageAsHtml,
  pageAsJson,
  projectOf,
  readPage,
} from '../src/package-index/simple-api.ts'

const text = fc.string({ minLength: 1, maxLength: 12 }).map(drawn => `a${drawn.replace(/\s/g, '')}`)
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/)

const file: fc.Arbitrary<IndexFile> = fc.record(
  {
    filename: fc.stringMatching(/^[a-z]{1,8}-[0-9.]{1,4}-py3-none-any\.whl$/),
    url: fc.stringMatching(/^https:\/\/files\.test\/[a-z0-9]{1,8}$/),
    hashes: fc.record({ sha256 }),
    'requires-python': text,
    yanked: fc.oneof(fc.constant(true), text),
    'core-metadata': fc.oneof(fc.constant(true), fc.record({ sha256 })),
  },
  { requiredKeys: ['filename', 'url', 'hashes'] },
)

describe('pages', () => {
  it('say the same in HTML and in JSON', () => {
    fc.assert(
      fc.property(fc.array(file), files => {
        const address = (each: IndexFile) => each.url
        const html = readPage(pageAsHtml('demo', files, address), 'text/html', 'https://index.test/demo/')
        const json = readPage(
          pageAsJson('demo', files, address),
          'application/json',
          'https://index.test/demo/',
        )
        expect(html).toEqual(json)
        expect(json).toEqual(files)
      }),
    )
  })
})

describe('projectOf', () => {
  it.each([
    ['typing_extensions-4.16.0-py3-none-any.whl', 'typing-extensions'],
    ['typing_extensions-4.16.0-py3-none-any.whl.metadata', 'typing-extensions'],
    ['python-dateutil-2.9.0.tar.gz', 'python-dateutil'],
    ['zope.interface-7.2.zip', 'zope-interface'],
    ['nonsense', 'nonsense'],
  ])('%s belongs to %s', (filename, project) => {
    expect(projectOf(filename)).toBe(project)
  })
})

describe('byteRange', () => {
  it('never leaves the file and begins where it was asked to', () => {
    const bound = fc.nat({ max: 2000 })
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: 1, max: 1000 }), (first, last, size) => {
        const range = byteRange(`bytes=${first}-${last}`, size)
        if (first > last || first >= size) expect(range).toBeUndefined()
        else expect(range).toEqual({ start: first, end: Math.min(last, size - 1) })
      }),
    )
  })

  it.each([
    ['bytes=10-', { start: 10, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=-', undefined],
    ['bytes=0-1,5-6', undefined],
  ])('reads %s of 100 bytes', (header, expected) => {
    expect(byteRange(header, 100)).toEqual(expected)
  })
})
