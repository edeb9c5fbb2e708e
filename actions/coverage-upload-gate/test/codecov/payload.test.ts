import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import fc from 'fast-check'
import { buildPayload } from '../../src/codecov/payload.ts'

const folder = tempDir('payload-')
const never = new AbortController().signal

describe('the payload', () => {
  it('is JSON that gives every file back, of any bytes and length, and its size is right', async () => {
    const files = fc.array(fc.tuple(fc.string(), fc.uint8Array({ maxLength: 500 })), {
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(files, fc.array(fc.string()), async (reports, network) => {
        const { chunks, bytes } = await buildPayload(
          reports.map(([path, content], index) => ({ path, absolute: written(`${index}`, content) })),
          network,
          never,
        )
        const text = Buffer.concat(chunks).toString('utf8')
        expect(Buffer.byteLength(text)).toBe(bytes)
        const { coverage_files, network_files, report_fixes, metadata } = JSON.parse(text)
        expect({ network_files, report_fixes, metadata }).toEqual({
          network_files: network,
          report_fixes: { format: 'legacy', value: {} },
          metadata: {},
        })
        expect(coverage_files.map(unpacked)).toEqual(
          reports.map(([path, content]) => [path, 'base64+compressed', '', Buffer.from(content)]),
        )
      }),
      // Each run writes files; shrinking would write them by the thousand.
      { numRuns: 40, endOnFailure: true },
    )
  })

  it('of a file that fills many chunks is one piece of base64', async () => {
    // What does not compress gives the most chunks, of lengths that three does not divide.
    const content = randomBytes(3_000_001)
    const { chunks } = await buildPayload([{ path: 'x', absolute: written('big', content) }], [], never)
    const [file] = JSON.parse(Buffer.concat(chunks).toString('utf8')).coverage_files
    expect(inflateSync(Buffer.from(file.data, 'base64')).equals(content)).toBe(true)
    expect(file.data).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
  })

  it('stops when the time is up', async () => {
    const reports = [{ path: 'x', absolute: written('late', Buffer.from('x')) }]
    await expect(buildPayload(reports, [], AbortSignal.abort())).rejects.toThrow('aborted')
  })
})

function written(name: string, content: Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

function unpacked({ filename, format, labels, data }: Record<string, string>) {
  return [filename, format, labels, inflateSync(Buffer.from(data ?? '', 'base64'))]
}
