import { describe, expect, it } from '@jest/globals'
import { readCoreMetadata } from '../src/core-metadata.ts'

const read = (text: string) => readCoreMetadata(Buffer.from(text))

describe('core metadata', () => {
  it('ends at the first empty line, so that a README cannot speak', () => {
    const text = 'Metadata-Version: 2.4\nName: tokenledger\nVersion: 1.2.3\n\nName: other\nVersion: 9.9.9\n'
    expect(read(text)).toEqual({ name: 'tokenledger', version: '1.2.3' })
  })

  it('has names of headers in any case, folded lines, and lines of Windows', () => {
    const text =
      'name: tokenledger\r\nDescription: a\r\n        \r\n        Version: 9\r\nVERSION:\r\n 1.2.3\r\n\r\n'
    expect(read(text)).toEqual({ name: 'tokenledger', version: '1.2.3' })
  })

  it('may be in any language', () => {
    expect(read('Author: Zoë 张\nName: tokenledger\nVersion: 1')).toEqual({
      name: 'tokenledger',
      version: '1',
    })
  })

  it.each([
    ['Version: 1\n', 'no Name'],
    ['Name: a\n', 'no Version'],
    ['Name: a\nVersion:\n', 'no Version'],
    ['Name: a\n\nVersion: 1\n', 'no Version'],
    ['Name: a\nno header\nVersion: 1\n', 'no Version'],
    ['Name: a\nVersion: 1\nVersion: 2\n', 'more than one Version'],
    ['Name: a\nname: b\nVersion: 1\n', 'more than one Name'],
    ['', 'no Name'],
  ])('%j has %s', (text, what) => {
    expect(() => read(text)).toThrow(`its metadata has ${what}`)
  })

  it('is refused when it is not UTF-8', () => {
    const latin = Buffer.from('Author: Zo\xeb\nName: a\nVersion: 1\n', 'latin1')
    expect(() => readCoreMetadata(latin)).toThrow('its metadata is not UTF-8')
  })
})
