import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { readFromTar, readFromZip } from '../src/index.ts'
import { type FakeEntry, tar, zip } from './support/archives.ts'
import { folder, removeFolders } from './support/situation.ts'

afterEach(removeFolders)

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
}

const isText = (name: string) => name.endsWith('.txt')

const kinds = [
  {
    kind: 'tar',
    read: (entries: readonly FakeEntry[], mostBytes: number) =>
      readFromTar(chunksOf(tar(entries)), isText, { mostBytes, mostUnpacked: 100_000 }),
  },
  {
    kind: 'zip',
    read: (entries: readonly FakeEntry[], mostBytes: number) => {
      const path = join(folder(), 'archive.zip')
      writeFileSync(path, zip(entries))
      return readFromZip(path, isText, mostBytes)
    },
  },
]

describe.each(kinds)('what is wanted of a $kind archive', ({ read }) => {
  it('is read to memory, from anywhere in it, and nothing else is', async () => {
    const entries = [
      { name: 'a/first.txt', content: 'x'.repeat(3000) },
      { name: 'a/program', content: 'y'.repeat(3000) },
      { name: '../second.txt', content: 'é' },
    ]
    expect(await read(entries, 3000)).toEqual([
      { name: 'a/first.txt', content: Buffer.from('x'.repeat(3000)) },
      { name: '../second.txt', content: Buffer.from('é') },
    ])
  })

  it('is refused over its limit, what is not wanted is not', async () => {
    const entries = [
      { name: 'large', content: 'x'.repeat(5000) },
      { name: 'large.txt', content: 'x'.repeat(1001) },
    ]
    await expect(read(entries, 1000)).rejects.toThrow('its entry "large.txt" has more than 1000 bytes')
  })
})

describe('a tar stream', () => {
  const limits = { mostBytes: 1000, mostUnpacked: 10_000 }

  it('is refused when it goes on and on behind its last entry', async () => {
    const bytes = Buffer.concat([tar([{ name: 'a.txt', content: 'a' }]), Buffer.alloc(20_000)])
    await expect(readFromTar(chunksOf(bytes), isText, limits)).rejects.toThrow(
      'it unpacks to more than 10000 bytes',
    )
  })

  it('gives only files, no links of a wanted name', async () => {
    const bytes = tar([
      { name: 'link.txt', type: '2' },
      { name: 'folder.txt', type: '5' },
    ])
    expect(await readFromTar(chunksOf(bytes), isText, limits)).toEqual([])
  })
})

describe('a zip file', () => {
  it('of zip64 is called so', async () => {
    const bytes = zip([{ name: 'a.txt', content: 'a' }])
    bytes.writeUInt32LE(0xffffffff, bytes.length - 6)
    const path = join(folder(), 'archive.zip')
    writeFileSync(path, bytes)
    await expect(readFromZip(path, isText, 10)).rejects.toThrow('it is a zip64 archive')
  })
})
