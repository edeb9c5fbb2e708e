import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { MOST_UNPACKED, RefusedArchive, refuseLink, targetName } from './archive-entry.ts'

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
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

/**
 * Unpacks uv's programs from a zip file (a Windows release archive or a wheel) into `directory`, flat and executable, and
 * returns their names. Layout: PKWARE's APPNOTE 4.3; no zip64, no encryption, which uv's files do not use.
 * Throws RefusedArchive for links, names that leave the directory and damage.
 */
export async function unzip(path: string, directory: string): Promise<string[]> {
  const file = await open(path)
  try {
    const names: string[] = []
    const entries = await readEntries(file)
    const total = entries.reduce((sum, { size }) => sum + size, 0)
    if (total > MOST_UNPACKED) throw new RefusedArchive(`it unpacks to more than ${MOST_UNPACKED} bytes`)
    for (const entry of entries) {
      const target = targetName(entry.name)
      if (entry.isLink) refuseLink(entry.name)
      if (!target) continue
      await unpack(path, await dataStart(file, entry), entry, join(directory, target))
      names.push(target)
    }
    return names
  } finally {
    await file.close()
  }
}

async function readEntries(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat()
  const tail = await read(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || tail.length < end + 22 || tail.readUInt32LE(end) !== END)
    throw new RefusedArchive('it is not a zip archive')
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  const entries: Entry[] = []
  for (let at = 0, left = tail.readUInt16LE(end + 10); left > 0; left--) {
    if (directory.length < at + 46 || directory.readUInt32LE(at) !== CENTRAL) throw damaged()
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push(readEntry(directory, at, nameLength))
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

function readEntry(directory: Buffer, at: number, nameLength: number): Entry {
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
async function dataStart(file: FileHandle, { at }: Entry): Promise<number> {
  const header = await read(file, at, 30)
  if (header.readUInt32LE(0) !== LOCAL) throw damaged()
  return at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
}

async function unpack(path: string, start: number, entry: Entry, target: string): Promise<void> {
  const { method, packed, size, crc } = entry
  if (method !== STORED && method !== DEFLATED)
    throw new RefusedArchive(`its entry "${entry.name}" is packed in an unknown way`)
  if (packed === 0) throw damaged()
  const out = { crc: 0, size: 0 }
  const count = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      out.crc = crc32(chunk, out.crc)
      out.size += chunk.length
      if (out.size > size) throw damaged()
      yield chunk
    }
  }
  const data = createReadStream(path, { start, end: start + packed - 1, highWaterMark: 1 << 18 })
  const inflate = method === DEFLATED ? createInflateRaw({ chunkSize: 1 << 18 }) : new PassThrough()
  try {
    await pipeline(data, inflate, count, createWriteStream(target, { flags: 'wx', mode: 0o755 }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code?.startsWith('Z_') ? damaged() : error
  }
  if (out.size !== size || out.crc !== crc) throw damaged()
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw damaged()
  return buffer
}

const damaged = () => new RefusedArchive('the zip archive is damaged')
