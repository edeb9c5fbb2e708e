import { createHash } from 'node:crypto'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

export interface FakeEntry {
  readonly name: string
  readonly content?: string | Buffer
  /** tar's type flag; '0' is a file. */
  readonly type?: string
  /** Unix mode in a zip's external attributes. */
  readonly mode?: number
  readonly stored?: boolean
}

/** A program that answers like uv to `--version`. */
export function fakeUv(version: string): string {
  return `#!/bin/sh\necho "uv ${version} (fake)"\n`
}

export function tar(entries: readonly FakeEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, content = '', type = '0' }) => {
    const data = Buffer.from(content)
    return [tarHeader(name, data.length, type), data, Buffer.alloc((512 - (data.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

function tarHeader(name: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000755\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

export function zip(entries: readonly FakeEntry[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, content = '', mode = 0o100755, stored = false } of entries) {
    const data = Buffer.from(content)
    const packed = stored ? data : deflateRawSync(data)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(at, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, rest, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

/** A release archive for Linux or macOS. */
export function releaseTarGz(version: string, triple = 'x86_64-unknown-linux-gnu'): Buffer {
  return gzipSync(
    tar([
      { name: `uv-${triple}/`, type: '5' },
      { name: `uv-${triple}/uvx`, content: fakeUv(version) },
      { name: `uv-${triple}/uv`, content: fakeUv(version) },
    ]),
  )
}

/** A wheel as maturin builds it for a binary. */
export function wheel(version: string, program = 'uv'): Buffer {
  return zip([
    { name: 'uv/__init__.py', content: '' },
    { name: `uv-${version}.data/scripts/${program}`, content: fakeUv(version) },
    { name: `uv-${version}.dist-info/RECORD`, content: 'x'.repeat(100), stored: true },
  ])
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
