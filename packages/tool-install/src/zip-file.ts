import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { RefusedArchive } from './archive-entry.ts'

/** A zip file that is open. Layout: PKWARE's APPNOTE 4.3; no zip64, no encryption. */
export interface ZipFile {
  readonly path: string
  readonly handle: FileHandle
  readonly entries: readonly ZipEntry[]
}

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  /** Bytes in the archive. */
  readonly packed: number
  /** Bytes when unpacked, as the archive says; {@link unpackEntry} holds it to that. */
  readonly size: number
  readonly isLink: boolean
  /** Offset of the entry's local header. */
  readonly at: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8
/** Stands for "see the zip64 record" in a field of 32 bits (APPNOTE 4.4.1.4). */
const ZIP64 = 0xffffffff

/** Opens a zip file for `use` and closes it after. Throws RefusedArchive for what is none, and for damage. */
export async function withZipFile<T>(path: string, use: (zip: ZipFile) => Promise<T>): Promise<T> {
  const handle = await open(path)
  try {
    return await use({ path, handle, entries: await readEntries(handle) })
  } finally {
    await handle.close()
  }
}

/**
 * The entries of a zip file whose names are wanted, in memory. Throws RefusedArchive for damage, and for an entry of more
 * than `mostBytes`, by what the archive says and by what comes out of it.
 */
export function readFromZip(
  path: string,
  isWanted: (name: string) => boolean,
  mostBytes: number,
): Promise<Array<{ name: string; content: Buffer }>> {
  return withZipFile(path, async zip => {
    const read: Array<{ name: string; content: Buffer }> = []
    for (const entry of zip.entries.filter(({ name }) => isWanted(name))) {
      if (entry.size > mostBytes)
        throw new RefusedArchive(`its entry "${entry.name}" has more than ${mostBytes} bytes`)
      const parts: Buffer[] = []
      await unpackEntry(zip, entry, () => async chunks => {
        for await (const chunk of chunks) parts.push(chunk)
      })
      read.push({ name: entry.name, content: Buffer.concat(parts) })
    }
    return read
  })
}

type Sink = NodeJS.WritableStream | ((chunks: AsyncIterable<Buffer>) => Promise<void>)

/**
 * Unpacks one entry into the sink, which is opened once its header has been read. Throws RefusedArchive when size or CRC-32
 * are not what the archive says.
 */
export async function unpackEntry(
  { path, handle }: ZipFile,
  entry: ZipEntry,
  openSink: () => Sink,
): Promise<void> {
  const { name, method, packed, size, crc } = entry
  if (method !== STORED && method !== DEFLATED)
    throw new RefusedArchive(`its entry "${name}" is packed in an unknown way`)
  const wrong = (how: string) => damaged(`its entry "${name}" at byte ${entry.at} ${how}`)
  if (packed === 0) throw wrong('has no data')
  const out = { crc: 0, size: 0 }
  const count = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      out.crc = crc32(chunk, out.crc)
      out.size += chunk.length
      if (out.size > size) throw wrong(`unpacks to more than the ${size} bytes that it says`)
      yield chunk
    }
  }
  const start = await dataStart(handle, entry)
  const data = createReadStream(path, { start, end: start + packed - 1, highWaterMark: 1 << 18 })
  const inflate = method === DEFLATED ? createInflateRaw({ chunkSize: 1 << 18 }) : new PassThrough()
  try {
    await pipeline(data, inflate, count, openSink())
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw code?.startsWith('Z_') ? wrong(`does not unpack (${message})`) : error
  }
  if (out.size !== size) throw wrong(`has ${out.size} of ${size} bytes`)
  if (out.crc !== crc) throw wrong('has another checksum than the archive says')
}

async function readEntries(file: FileHandle): Promise<ZipEntry[]> {
  const { size } = await file.stat()
  const tail = await read(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || tail.length < end + 22 || tail.readUInt32LE(end) !== END)
    throw new RefusedArchive('it is not a zip archive')
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (length === ZIP64 || start === ZIP64) throw new RefusedArchive('it is a zip64 archive')
  // Before memory is taken for a length that anybody may have written there.
  if (start + length > size) throw damaged('its directory is cut off')
  const directory = await read(file, start, length)
  const entries: ZipEntry[] = []
  for (let at = 0, left = tail.readUInt16LE(end + 10); left > 0; left--) {
    if (directory.length < at + 46 || directory.readUInt32LE(at) !== CENTRAL)
      throw damaged(`its directory is broken at byte ${start + at}`)
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push(readEntry(directory, at, nameLength))
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

function readEntry(directory: Buffer, at: number, nameLength: number): ZipEntry {
  const unixMode = directory.readUInt32LE(at + 38) >>> 16
  return {
    name: directory.toString('utf8', at + 46, at + 46 + nameLength),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packed: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    isLink: (unixMode & 0o170000) === 0o120000,
    at: directory.readUInt32LE(at + 42),
  }
}

/** The local header repeats name and extra field with lengths of its own, so the data's place is known only from it. */
async function dataStart(file: FileHandle, { at }: ZipEntry): Promise<number> {
  const header = await read(file, at, 30)
  if (header.readUInt32LE(0) !== LOCAL) throw damaged(`no entry begins at byte ${at}`)
  return at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw damaged(`it ends at byte ${position + bytesRead}`)
  return buffer
}

const damaged = (how: string) => new RefusedArchive(`the zip archive is damaged: ${how}`)
