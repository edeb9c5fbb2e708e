import { RefusedArchive } from './archive-entry.ts'
import { ByteReader } from './byte-reader.ts'

const BLOCK = 512

export interface TarEntry {
  readonly name: string
  /** As in POSIX ustar: `0` is a file, `5` a directory, `1` and `2` are links; x, g, L and K describe the entry after them. */
  readonly type: string
  readonly size: number
  /** The entry's bytes; what is not read is passed over. */
  readonly content: AsyncIterable<Buffer>
}

/**
 * The entries of a tar stream as the bytes come, to the end of the stream. Throws RefusedArchive for damage, and for more than
 * `mostUnpacked` bytes: at the header that claims them, or when they have come, behind the last entry too.
 */
export async function* tarEntries(
  source: AsyncIterable<Uint8Array>,
  mostUnpacked: number,
): AsyncGenerator<TarEntry> {
  const reader = new ByteReader(limited(source, mostUnpacked))
  let claimed = 0
  for (let block = await reader.take(BLOCK); block && !isZero(block); block = await reader.take(BLOCK)) {
    const header = readHeader(block)
    claimed += header.size
    if (claimed > mostUnpacked) throw tooMuch(mostUnpacked)
    const content = reader.stream(header.size)
    yield { ...header, content: unclosed(content) }
    await drain(content)
    await drain(reader.stream((BLOCK - (header.size % BLOCK)) % BLOCK))
  }
  await reader.rest()
}

/**
 * The files of a tar stream whose names are wanted, in memory; the stream is read to its end, for its damage may be there.
 * Throws RefusedArchive for damage, for a wanted file of more than `mostBytes`, and for a stream of more than `mostUnpacked`.
 */
export async function readFromTar(
  source: AsyncIterable<Uint8Array>,
  isWanted: (name: string) => boolean,
  { mostBytes, mostUnpacked }: { readonly mostBytes: number; readonly mostUnpacked: number },
): Promise<Array<{ name: string; content: Buffer }>> {
  const read: Array<{ name: string; content: Buffer }> = []
  for await (const { name, type, size, content } of tarEntries(source, mostUnpacked)) {
    if (type !== '0' || !isWanted(name)) continue
    if (size > mostBytes) throw new RefusedArchive(`its entry "${name}" has more than ${mostBytes} bytes`)
    const parts: Buffer[] = []
    for await (const part of content) parts.push(part)
    read.push({ name, content: Buffer.concat(parts) })
  }
  return read
}

async function* limited(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > most) throw tooMuch(most)
    yield chunk
  }
}

const tooMuch = (most: number) => new RefusedArchive(`it unpacks to more than ${most} bytes`)

function readHeader(block: Buffer): Omit<TarEntry, 'content'> {
  let sum = 0
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0)
  const size = octal(block, 124, 12)
  if (sum !== octal(block, 148, 8) || !(size >= 0)) throw new RefusedArchive('it is not a tar archive')
  const prefix = field(block, 257, 6).startsWith('ustar\0') ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  const type = field(block, 156, 1)
  return { name: prefix ? `${prefix}/${name}` : name, type: type === '\0' ? '0' : type, size }
}

const field = (block: Buffer, start: number, length: number) =>
  block.toString('latin1', start, start + length)

function text(block: Buffer, start: number, length: number): string {
  const bytes = block.subarray(start, start + length)
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? length : end)
}

const octal = (block: Buffer, start: number, length: number) =>
  Number.parseInt(text(block, start, length).trim() || '0', 8)

const isZero = (block: Buffer) => block.every(byte => byte === 0)

/** Leaving a `for await` half-way would end the generator, and with it the place in the stream. */
const unclosed = (chunks: AsyncGenerator<Buffer>): AsyncIterable<Buffer> => ({
  [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }),
})

async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of chunks);
}
