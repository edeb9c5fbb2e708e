import { describe, expect, it } from '@jest/globals'
import { checksumOf, fileText } from '../../src/files/file-text.ts'

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('the text of a file', () => {
  it('is without its byte order mark and keeps its line ends', () => {
    expect(fileText(Buffer.from('\uFEFFSELECT 1;\r\n'))).toEqual({ text: 'SELECT 1;\r\n' })
  })

  it.each([
    ['UTF-16 (little endian)', utf16('SELECT 1')],
    ['UTF-16 (big endian)', utf16('SELECT 1').swap16()],
    ['UTF-32 (little endian)', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
  ])('is refused as %s by name', (name, bytes) => {
    expect(fileText(bytes)).toEqual({ wrong: `is ${name}. Save it as UTF-8.` })
  })

  it('names line and column of the first byte that is not UTF-8, in code points', () => {
    const bytes = Buffer.concat([Buffer.from("-- ok ü\n-- 😀€ '"), Buffer.from('caf\xe9\n-- ü', 'latin1')])
    expect(fileText(bytes)).toMatchObject({
      wrong: expect.stringContaining('is not UTF-8'),
      position: { line: 2, column: 11 },
    })
  })

  it('does not take a character cut off by the end of the line or of the file', () => {
    expect(fileText(Buffer.from([0x41, 0xe2, 0x82]))).toMatchObject({ position: { line: 1, column: 2 } })
    expect(fileText(Buffer.from([0x41, 0xe2, 0x0a, 0x42]))).toMatchObject({
      position: { line: 1, column: 2 },
    })
  })

  it('names the place of a NUL byte', () => {
    expect(fileText(Buffer.from('SELECT 1;\nSEL\0ECT'))).toMatchObject({ position: { line: 2, column: 4 } })
  })

  it('takes a replacement character that is really there', () => {
    expect(fileText(Buffer.from('-- \uFFFD'))).toEqual({ text: '-- \uFFFD' })
  })
})

describe('a checksum', () => {
  it('is the same for CRLF and LF, and no other difference is', () => {
    expect(checksumOf('a\r\nb\r\n')).toBe(checksumOf('a\nb\n'))
    expect(checksumOf('a\nb')).not.toBe(checksumOf('a\nb\n'))
    expect(checksumOf('a\rb')).not.toBe(checksumOf('a\nb'))
  })

  it('is SHA-256 in hex, as sha256sum prints it for a file with LF', () => {
    expect(checksumOf('SELECT 1;\n')).toBe('b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd')
  })
})
