import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { MOST_UNPACKED, RefusedArchive, refuseLink, targetName } from './archive-entry.ts'
import { ByteReader } from './byte-reader.ts'

const BLOCK = 512

interface Header {
  readonly name: string
  readonly type: string
  readonly size: number
}

/**
 * Unpacks uv's programs from a tar stream into `directory` (flat, executable) as the bytes come, and returns their names.
 * Reads to the end of the stream. Throws RefusedArchive for links, devices, names that leave the directory and damage.
 */
export async function untar(source: AsyncIterable<Uint8Array>, directory: string): Promise<string[]> {
  const reader = new ByteReader(source)
  const names: string[] = []
  let unpacked = 0
  for (let block = await reader.take(BLOCK); block && !isZero(block); block = await reader.take(BLOCK)) {
    const { name, type, size } = readHeader(block)
    unpacked += size
    if (unpacked > MOST_UNPACKED) throw new RefusedArchive(`it unpacks to more than ${MOST_UNPACKED} bytes`)
    const target = wanted(name, type)
    if (target) {
      await write(join(directory, target), reader.stream(size))
      names.push(target)
    } else await drain(reader.stream(size))
    await drain(reader.stream((BLOCK - (size % BLOCK)) % BLOCK))
  }
  await reader.rest()
  return names
}

/** Types as in POSIX ustar; x, g, L and K only describe the entry after them and carry no file. */
function wanted(name: string, type: string): string | undefined {
  if ('xgLK'.includes(type)) return undefined
  const target = targetName(name)
  if (type === '0') return target
  if (type === '5') return undefined
  if (type === '1' || type === '2') return refuseLink(name)
  throw new RefusedArchive(`its entry "${name}" is neither a file nor a directory`)
}

function readHeader(block: Buffer): Header {
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

async function write(path: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, 'wx', 0o755)
  try {
    for await (const chunk of chunks) await file.writeFile(chunk)
  } finally {
    await file.close()
  }
}

async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of chunks);
}
