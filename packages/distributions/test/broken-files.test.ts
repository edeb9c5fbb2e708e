import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import fc from 'fast-check'
import { tar, zip } from '../../tool-install/test/support/archives.ts'
import { readDistribution } from '../src/index.ts'
import { builtProject } from './support/built-project.ts'
import { builtFiles } from './support/index-lab.ts'

const METADATA = 'Metadata-Version: 2.4\nName: tokenledger\nVersion: 1.2.3\n\nA text.\n'
const MEBIBYTE = 1024 * 1024

async function reading(file: string, bytes: Buffer) {
  const path = join(tempDir('broken-'), file)
  writeFileSync(path, bytes)
  return readDistribution(path)
}

describe('a file that is no distribution', () => {
  it.each([
    ['notes.md', Buffer.from('text')],
    ['tokenledger.whl.sig', Buffer.from('text')],
    ['dashboard.zip', zip([{ name: 'dashboard/index.html', content: '<html>' }])],
    ['dashboard.tar.gz', gzipSync(tar([{ name: 'dashboard/index.html', content: '<html>' }]))],
    ['deep.tar.gz', gzipSync(tar([{ name: 'a/b.egg-info/PKG-INFO', content: METADATA }]))],
    ['flat.zip', zip([{ name: 'PKG-INFO', content: METADATA }])],
  ])('such as %s is none of our concern', async (file, bytes) => {
    expect(await reading(file, bytes)).toBeUndefined()
  })
})

describe('an sdist', () => {
  const found = { name: 'tokenledger', version: '1.2.3', kind: 'sdist' }

  it('may be a zip file', async () => {
    const bytes = zip([
      { name: 'tokenledger-1.2.3/tokenledger.egg-info/PKG-INFO', content: 'not this one' },
      { name: 'tokenledger-1.2.3/PKG-INFO', content: METADATA },
    ])
    expect(await reading('tokenledger-1.2.3.zip', bytes)).toEqual({ ...found, file: 'tokenledger-1.2.3.zip' })
  })

  it('may hold links, which nobody follows here', async () => {
    const bytes = tar([
      { name: 'tokenledger-1.2.3/LICENSE', type: '2' },
      { name: './tokenledger-1.2.3/PKG-INFO', content: METADATA },
    ])
    expect(await reading('tokenledger-1.2.3.tar.gz', gzipSync(bytes))).toMatchObject(found)
  })
})

describe('what uv built, damaged', () => {
  const built = new Map<string, Buffer>()
  beforeAll(() => {
    const dist = builtProject()
    for (const file of builtFiles(dist)) built.set(file, readFileSync(join(dist, file)))
  })

  it.each(['tokenledger-1.2.3-py3-none-any.whl', 'tokenledger-1.2.3.tar.gz'])(
    'is refused wherever it is cut off: %s',
    async file => {
      const bytes = built.get(file) as Buffer
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async length => {
          await expect(reading(file, bytes.subarray(0, length))).rejects.toThrow(
            `RELEASE_FILE_UNREADABLE: ${file}: `,
          )
        }),
        { numRuns: 40 },
      )
    },
  )

  it('never gives another version, whichever byte is changed', async () => {
    for (const [file, bytes] of built) {
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
          const changed = Buffer.from(bytes)
          changed[at] = (changed[at] ?? 0) ^ change
          const read = await reading(file, changed).catch((error: Error) => error.message)
          if (typeof read === 'string') expect(read).toMatch(/^RELEASE_FILE_UNREADABLE/)
          else expect(read?.version ?? '1.2.3').toBe('1.2.3')
        }),
        { numRuns: 100 },
      )
    }
  })

  it('says where and why', async () => {
    const [wheel, sdist] = ['tokenledger-1.2.3-py3-none-any.whl', 'tokenledger-1.2.3.tar.gz']
    const remedy = 'build it again, or download the artifact of the build again'
    await expect(reading(wheel, Buffer.from('<html>'))).rejects.toThrow(
      `RELEASE_FILE_UNREADABLE: ${wheel}: it is not a zip archive; ${remedy}`,
    )
    await expect(reading(sdist, Buffer.from('<html>'))).rejects.toThrow(
      /its gzip data is damaged at byte \d+ \(incorrect header check\)/,
    )
    const half = (built.get(sdist) as Buffer).subarray(0, 300)
    await expect(reading(sdist, half)).rejects.toThrow(
      /its gzip data is damaged at byte 300 \(unexpected end of file\)/,
    )
  })
})

describe('a file made to deceive', () => {
  const wheel = 'tokenledger-1.2.3-py3-none-any.whl'
  const inDistInfo = (content: string | Buffer) => ({ name: 'tokenledger-1.2.3.dist-info/METADATA', content })

  it('has no metadata, or two', async () => {
    await expect(reading(wheel, zip([{ name: 'tokenledger.py', content: 'x' }]))).rejects.toThrow(
      'it has no METADATA in a .dist-info folder',
    )
    const two = [inDistInfo(METADATA), inDistInfo(METADATA.replace('1.2.3', '6.6.6'))]
    await expect(reading(wheel, zip(two))).rejects.toThrow('it has 2 files METADATA')
    const sdists = ['a', 'b'].map(top => ({ name: `${top}/PKG-INFO`, content: METADATA }))
    await expect(reading('a.tar.gz', gzipSync(tar(sdists)))).rejects.toThrow('it has 2 files PKG-INFO')
  })

  it('has metadata that fills the memory, as it says or without saying', async () => {
    const bomb = Buffer.alloc(64 * MEBIBYTE, ' ')
    await expect(reading(wheel, zip([inDistInfo(bomb)]))).rejects.toThrow(
      /METADATA" has more than 8388608 bytes/,
    )
    const lying = zip([inDistInfo(bomb)])
    const central = lying.lastIndexOf('PK\x01\x02')
    lying.writeUInt32LE(1000, central + 24)
    await expect(reading(wheel, lying)).rejects.toThrow(
      /METADATA" at byte 0 unpacks to more than the 1000 bytes/,
    )
    const sdist = gzipSync(tar([{ name: 'a/PKG-INFO', content: bomb }]))
    await expect(reading('a.tar.gz', sdist)).rejects.toThrow(
      'its entry "a/PKG-INFO" has more than 8388608 bytes',
    )
  })

  it('has other metadata than its checksum is of', async () => {
    const bytes = zip([{ ...inDistInfo(METADATA), stored: true }])
    bytes.write('6.6.6', bytes.indexOf('1.2.3\n'))
    await expect(reading(wheel, bytes)).rejects.toThrow(
      /METADATA" at byte 0 has another checksum than the archive says/,
    )
  })

  it('claims a directory of 4 GiB', async () => {
    const bytes = zip([inDistInfo(METADATA)])
    bytes.writeUInt32LE(0xfffffff0, bytes.length - 10)
    await expect(reading(wheel, bytes)).rejects.toThrow(
      'the zip archive is damaged: its directory is cut off',
    )
  })
})
