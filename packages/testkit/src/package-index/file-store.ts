import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Reads `bytes=0-99`, `bytes=100-` and `bytes=-100` for a file of `size` bytes; undefined when it cannot be met. */
export function byteRange(header: string, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? []
  if (!first && !last) return undefined
  const start = first ? Number(first) : Math.max(0, size - Number(last))
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1
  return start <= end && start < size ? { start, end } : undefined
}

/** Files kept on disk under their SHA-256, so a second run needs no network for them. */
export class FileStore {
  readonly #folder: string

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
  }

  /** Keeps bytes that are here already; returns their digest. */
  put(content: Uint8Array): string {
    const digest = createHash('sha256').update(content).digest('hex')
    writeFileSync(this.#path(digest), content)
    return digest
  }

  /** Size in bytes of a kept file, undefined when it is not here. */
  async size(digest: string): Promise<number | undefined> {
    return (await stat(this.#path(digest)).catch(() => undefined))?.size
  }

  /** Answers from disk, a range as 206; a range that cannot be met is 416. */
  async serve(digest: string, size: number, response: ServerResponse, range?: string): Promise<void> {
    const wanted = range === undefined ? { start: 0, end: size - 1 } : byteRange(range, size)
    if (!wanted) {
      response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
      return
    }
    response.writeHead(range === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'content-length': wanted.end - wanted.start + 1,
      ...(range === undefined ? {} : { 'content-range': `bytes ${wanted.start}-${wanted.end}/${size}` }),
    })
    if (response.req.method === 'HEAD' || size === 0) response.end()
    else await pipeline(createReadStream(this.#path(digest), wanted), response)
  }

  /**
   * Passes a download on to the client while it arrives and keeps it. The last chunk waits until the digest is known,
   * so nobody gets the whole of a wrong file: the client is cut off and nothing is kept.
   */
  async passAndKeep(
    source: AsyncIterable<Uint8Array>,
    digest: string,
    response: ServerResponse,
  ): Promise<void> {
    await pipeline(source, chunks => this.#keeping(chunks, digest), response)
  }

  async *#keeping(chunks: AsyncIterable<Uint8Array>, digest: string): AsyncGenerator<Uint8Array> {
    const partial = join(this.#folder, `.${randomUUID()}`)
    const copy = await open(partial, 'w')
    const hash = createHash('sha256')
    try {
      let held: Uint8Array | undefined
      for await (const chunk of chunks) {
        if (held) yield held
        hash.update(chunk)
        await copy.writeFile(chunk)
        held = chunk
      }
      const actual = hash.digest('hex')
      if (actual !== digest) throw new Error(`the file upstream has digest ${actual}, not ${digest}`)
      await rename(partial, this.#path(digest))
      if (held) yield held
    } finally {
      await copy.close()
      await rm(partial, { force: true })
    }
  }

  #path(digest: string): string {
    return join(this.#folder, digest)
  }
}
