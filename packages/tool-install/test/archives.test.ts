import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { UV_PROGRAMS } from '../src/archive-entry.ts'
import { untar } from '../src/untar.ts'
import { unzip } from '../src/unzip.ts'
import { type FakeEntry, tar, zip } from './support/archives.ts'
import { folder, removeFolders } from './support/situation.ts'

afterEach(removeFolders)

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const kinds = [
  {
    kind: 'tar',
    unpack: (entries: readonly FakeEntry[], directory: string) =>
      untar(chunksOf(tar(entries), 1000), directory, UV_PROGRAMS),
  },
  {
    kind: 'zip',
    unpack: (entries: readonly FakeEntry[], directory: string) => {
      const path = join(folder(), 'archive.zip')
      writeFileSync(path, zip(entries))
      return unzip(path, directory)
    },
  },
]

describe.each(kinds)('a $kind archive', ({ unpack }) => {
  it('gives its programs, flat and executable, and nothing else', async () => {
    const directory = folder()
    const entries = [
      { name: 'uv-x/README.md', content: 'read me' },
      { name: 'uv-x/uv', content: 'the program' },
      { name: 'uv-x/uvx', content: 'x'.repeat(70_000) },
    ]
    expect(await unpack(entries, directory)).toEqual(['uv', 'uvx'])
    expect(readdirSync(directory).sort()).toEqual(['uv', 'uvx'])
    expect(readFileSync(join(directory, 'uv'), 'utf8')).toBe('the program')
    expect(readFileSync(join(directory, 'uvx'), 'utf8')).toBe('x'.repeat(70_000))
    if (process.platform !== 'win32') expect(statSync(join(directory, 'uv')).mode & 0o111).toBe(0o111)
  })

  it.each(['../uv', 'a/../../uv', '/etc/uv', '\\\\host\\uv', 'C:\\uv', '..\\uv', '../harmless.txt'])(
    'with the entry %s is refused',
    async name => {
      const directory = folder()
      await expect(unpack([{ name, content: 'x' }], directory)).rejects.toThrow(
        `its entry "${name}" leaves the archive's directory`,
      )
      expect(readdirSync(directory)).toEqual([])
    },
  )

  it('with a symbolic link is refused', async () => {
    const link = { name: 'uv-x/uv', content: '/bin/sh', type: '2', mode: 0o120777 }
    await expect(unpack([link], folder())).rejects.toThrow('its entry "uv-x/uv" is a link')
  })

  it('never writes over a program that it already gave', async () => {
    const twice = ['a/uv', 'b/uv'].map(name => ({ name, content: name }))
    await expect(unpack(twice, folder())).rejects.toThrow('EEXIST')
  })
})

describe('a tar stream', () => {
  it('is unpacked alike however it is cut into chunks', async () => {
    const bytes = tar([
      { name: 'd/', type: '5' },
      { name: 'd/uv', content: 'a'.repeat(1537) },
      { name: 'd/uvx', content: '' },
    ])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4000 }), async size => {
        const directory = folder()
        expect(await untar(chunksOf(bytes, size), directory, UV_PROGRAMS)).toEqual(['uv', 'uvx'])
        expect(readFileSync(join(directory, 'uv'), 'utf8')).toBe('a'.repeat(1537))
      }),
      { numRuns: 30 },
    )
  })

  it.each(['1', '3', '4', '6'])('with an entry of type %s is refused', async type => {
    const bytes = tar([{ name: 'uv', type }])
    await expect(untar(chunksOf(bytes, 512), folder(), UV_PROGRAMS)).rejects.toThrow(
      /its entry "uv" is (a link|neither a file)/,
    )
  })

  it('that ends early is refused', async () => {
    const bytes = tar([{ name: 'uv', content: 'a'.repeat(5000) }]).subarray(0, 3000)
    await expect(untar(chunksOf(bytes, 512), folder(), UV_PROGRAMS)).rejects.toThrow(
      'it ends in the middle of an entry',
    )
  })

  it('that is no tar is refused', async () => {
    await expect(untar(chunksOf(Buffer.alloc(2048, 'x'), 512), folder(), UV_PROGRAMS)).rejects.toThrow(
      'it is not a tar archive',
    )
  })

  it('that would fill the disk is refused at its header', async () => {
    const bytes = tar([{ name: 'uv', content: '' }])
    bytes.write('77777777777\0', 124)
    bytes.fill(' ', 148, 156)
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0)
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    await expect(untar(chunksOf(bytes, 512), folder(), UV_PROGRAMS)).rejects.toThrow(
      'it unpacks to more than',
    )
  })
})

describe('a zip file', () => {
  const attempt = async (bytes: Buffer) => {
    const path = join(folder(), 'a.zip')
    writeFileSync(path, bytes)
    return unzip(path, folder())
  }
  const good = zip([{ name: 'uv', content: 'the program, long enough to be packed, packed, packed' }])

  it('that is none is refused', async () => {
    await expect(attempt(Buffer.from('<html>'))).rejects.toThrow('it is not a zip archive')
    await expect(attempt(Buffer.alloc(0))).rejects.toThrow('it is not a zip archive')
  })

  it.each([
    ['its data', 40],
    ['its central directory', good.length - 60],
  ])('with damage in %s is refused', async (_what, at) => {
    const bytes = Buffer.from(good)
    bytes.writeUInt32LE(0xdeadbeef, at)
    await expect(attempt(bytes)).rejects.toThrow()
  })

  it('with content that differs from its checksum is refused', async () => {
    const bytes = zip([{ name: 'uv', content: 'abcdef', stored: true }])
    bytes.write('X', bytes.indexOf('abcdef'))
    await expect(attempt(bytes)).rejects.toThrow('the zip archive is damaged')
  })
})
