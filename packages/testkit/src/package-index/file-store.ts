import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
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
    this.#folder = folder
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

  /** Passes a download on to the client while it arrives; it is kept only when it has the promised digest. */
  async passAndKeep(
    source: AsyncIterable<Uint8Array>,
    digest: string,
    response: ServerResponse,
  ): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const partial = join(this.#folder, `.${randomUUID()}`)
    const kept = this.#path(digest)
    const hash = createHash('sha256')
    const copy = createWriteStream(partial)
    const tee = new Transform({
      transform(chunk, _encoding, done) {
        hash.update(chunk)
        copy.write(chunk, error => done(error, chunk))
      },
      flush(done) {
        const actual = hash.digest('hex')
        if (actual !== digest) done(new Error(`the file upstream has digest ${actual}, not ${digest}`))
        else copy.end(() => rename(partial, kept).then(() => done(), done))
      },
    })
    try {
      await pipeline(source, tee, response)
    } finally {
      copy.destroy()
      await rm(partial, { force: true })
    }
  }

  #path(digest: string): string {
    return join(this.#folder, digest)
  }
}
