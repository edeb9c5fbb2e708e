import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { removeDir, tempDir } from '../../temp-dir.ts'
import type { AssetContent } from './records.ts'

/** Bytes that an asset may have to stay in memory. */
const LARGEST_IN_MEMORY = 4 * 1024 * 1024

export interface Measured {
  readonly size: number
  /** `sha256:<hex>` */
  readonly digest: string
  readonly content: AssetContent
}

/** Takes assets of any size as they arrive; large ones go to files. */
export interface AssetFiles {
  /** Hashes and keeps a body; one that breaks off leaves nothing behind and throws. */
  keep(body: Readable, id: number): Promise<Measured>
  /** Removes the files. */
  close(): void
}

export function assetFiles(): AssetFiles {
  let folder: string | undefined
  const fileOf = (id: number) => {
    folder ??= tempDir('release-assets-')
    return join(folder, `${id}`)
  }
  return {
    async keep(body, id) {
      const hash = createHash('sha256')
      const chunks: Buffer[] = []
      let size = 0
      const measure = (chunk: Buffer) => {
        hash.update(chunk)
        size += chunk.length
      }
      for await (const chunk of body.iterator({ destroyOnReturn: false })) {
        measure(chunk)
        chunks.push(chunk)
        if (size > LARGEST_IN_MEMORY) break
      }
      if (size <= LARGEST_IN_MEMORY) {
        return { size, digest: digestOf(hash), content: { bytes: Buffer.concat(chunks) } }
      }
      const file = fileOf(id)
      await writeFile(file, chunks.splice(0), body, measure)
      return { size, digest: digestOf(hash), content: { file } }
    },
    close() {
      if (folder) removeDir(folder)
    },
  }
}

export function measured(bytes: Buffer): Measured {
  return { size: bytes.length, digest: digestOf(createHash('sha256').update(bytes)), content: { bytes } }
}

function digestOf(hash: ReturnType<typeof createHash>): string {
  return `sha256:${hash.digest('hex')}`
}

async function writeFile(
  file: string,
  head: readonly Buffer[],
  rest: Readable,
  measure: (chunk: Buffer) => void,
): Promise<void> {
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      measure(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.from(head), createWriteStream(file))
    await pipeline(rest, counted, createWriteStream(file, { flags: 'a' }))
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}
