import { RefusedArchive } from './archive-entry.ts'

/** Cuts a stream of chunks into pieces of asked lengths without copying more than the pieces that span two chunks. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #current: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  /** The next `length` bytes, or undefined at the end of the stream. */
  async take(length: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = []
    let missing = length
    while (missing > 0) {
      const part = await this.#next(missing)
      if (!part) break
      parts.push(part)
      missing -= part.length
    }
    if (missing === length) return undefined
    if (missing > 0) throw truncated()
    return parts.length === 1 ? parts[0] : Buffer.concat(parts)
  }

  /** The next `length` bytes in the chunks that they come in. */
  async *stream(length: number): AsyncGenerator<Buffer> {
    for (let missing = length; missing > 0; ) {
      const part = await this.#next(missing)
      if (!part) throw truncated()
      missing -= part.length
      yield part
    }
  }

  /** Reads and drops everything up to the end. */
  async rest(): Promise<void> {
    while (await this.#next(Number.MAX_SAFE_INTEGER));
  }

  async #next(most: number): Promise<Buffer | undefined> {
    while (this.#current.length === 0) {
      const { done, value } = await this.#chunks.next()
      if (done) return undefined
      this.#current = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
    const part = this.#current.subarray(0, most)
    this.#current = this.#current.subarray(part.length)
    return part
  }
}

const truncated = () => new RefusedArchive('it ends in the middle of an entry')
