import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { extract } from '../src/archive.ts'

/** A tar of one file. */
function tar(): Buffer {
  const folder = tempDir('tar-')
  writeFiles(folder, { 'wheels/a b.txt': 'content' })
  return execFileSync('tar', ['-cf', '-', '-C', folder, 'wheels'])
}

/** What follows the end-of-archive mark is padding that tar may leave unread, more of it than a pipe holds. */
const padded = () => Buffer.concat([tar(), Buffer.alloc(20_000_000)])

describe.each([
  ['zstd-without-long', zstdCompressSync],
  ['gzip', gzipSync],
] as const)('an archive in %s', (compression, compress) => {
  const into = async (archive: Buffer) => {
    const folder = tempDir('restored-')
    await extract(Readable.from([archive]), compression, folder)
    return readFileSync(join(folder, 'wheels', 'a b.txt'), 'utf8')
  }

  it('is unpacked', async () => {
    expect(await into(compress(tar()))).toBe('content')
  })

  it('is good when tar closes its end before the padding is through', async () => {
    for (let run = 0; run < 5; run++) expect(await into(compress(padded()))).toBe('content')
  })

  it('that is cut off is an error, not a restore', async () => {
    const whole = compress(tar())
    await expect(into(whole.subarray(0, whole.length / 2))).rejects.toThrow()
  })

  it('that holds something else is an error in the words of the program', async () => {
    await expect(into(compress(Buffer.from('not a tar'.repeat(1000))))).rejects.toThrow(/^tar ended with 2: /)
  })

  it('fails with what broke the download', async () => {
    const folder = tempDir('restored-')
    const broken = Readable.from(
      (function* () {
        yield compress(tar()).subarray(0, 20)
        throw new Error('no byte for 10.0 s')
      })(),
    )
    await expect(extract(broken, compression, folder)).rejects.toThrow('no byte for 10.0 s')
    expect(existsSync(join(folder, 'wheels', 'a b.txt'))).toBe(false)
  })
})
