import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface Blob {
  readonly id: string
  /** Path of the content; it exists once the upload is complete. */
  readonly file: string
  contentType: string
  /** File name that a download proposes. */
  readonly fileName: string | undefined
}

export type BlobAccess = 'read' | 'write'

/** Blobs as files of `folder`: uploads of any size never have to fit into memory. */
export function blobStore(folder: string) {
  const blobs = new Map<string, Blob>()
  const secret = randomBytes(16)
  const signature = (id: string, access: BlobAccess) =>
    createHmac('sha256', secret).update(`${id} ${access}`).digest('base64url')
  const blockFile = (blob: Blob, block: string) =>
    join(`${blob.file}.blocks`, Buffer.from(block).toString('base64url'))

  return {
    create(fileName?: string): Blob {
      const id = randomUUID()
      const blob = { id, file: join(folder, id), contentType: 'application/octet-stream', fileName }
      blobs.set(id, blob)
      return blob
    },

    /** Path and query that grant one kind of access, in the manner of Azure's shared access signatures. */
    signedPath: ({ id }: Blob, access: BlobAccess) =>
      `/blob/${id}?sp=${access[0]}&se=2099-01-01&sig=${signature(id, access)}`,

    /** The blob when the signature grants this access. */
    authorize(id: string, access: BlobAccess, given: string | null): Blob | undefined {
      return given === signature(id, access) ? blobs.get(id) : undefined
    },

    /** Size in bytes; undefined before the upload is complete. */
    size: ({ file }: Blob): number | undefined => statSync(file, { throwIfNoEntry: false })?.size,

    /** Stores the whole content; a broken upload leaves nothing behind. */
    async put(blob: Blob, content: Readable): Promise<void> {
      await writeWhole(`${blob.file}.part`, content)
      await rename(`${blob.file}.part`, blob.file)
    },

    async putBlock(blob: Blob, block: string, content: Readable): Promise<void> {
      await mkdir(`${blob.file}.blocks`, { recursive: true })
      await writeWhole(blockFile(blob, block), content)
    },

    /** Puts blocks together in the order of `blocks`; false when one of them was never sent. */
    async commit(blob: Blob, blocks: readonly string[]): Promise<boolean> {
      const files = blocks.map(block => blockFile(blob, block))
      if (!files.every(existsSync)) return false
      const part = `${blob.file}.part`
      await writeWhole(part, [])
      for (const file of files)
        await pipeline(createReadStream(file), createWriteStream(part, { flags: 'a' }))
      await rename(part, blob.file)
      await rm(`${blob.file}.blocks`, { recursive: true, force: true })
      return true
    },
  }
}

export type BlobStore = ReturnType<typeof blobStore>

async function writeWhole(file: string, content: Readable | Iterable<Buffer>): Promise<void> {
  try {
    await pipeline(content, createWriteStream(file))
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}
