import { crc32, inflateRawSync } from 'node:zlib'
import { Failure } from '../../shared/runner.mjs'

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_SIZE = 22

/** The files of a zip archive (stored or deflated, without zip64), read by its directory. Directories are left out. */
export function unzip(archive) {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || archive.length < end + END_SIZE || archive.readUInt32LE(end) !== END)
    throw new Failure('The download is not a zip archive, or only a part of one.')
  const files = []
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Failure('The directory of the zip archive is damaged.')
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map(field => archive.readUInt16LE(at + field))
    const path = archive.toString('utf8', at + 46, at + 46 + nameSize)
    if (!path.endsWith('/')) files.push({ path, content: contentOf(archive, at, path) })
    at += 46 + nameSize + extraSize + commentSize
  }
  return files
}

function contentOf(archive, entry, path) {
  const [method, checksum, size] = [
    archive.readUInt16LE(entry + 10),
    archive.readUInt32LE(entry + 16),
    archive.readUInt32LE(entry + 20),
  ]
  const local = archive.readUInt32LE(entry + 42)
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const data = archive.subarray(start, start + size)
  if (method !== 0 && method !== 8)
    throw new Failure(`${path} is packed in a way (${method}) that is not known here.`)
  const content = method === 0 ? data : inflateRawSync(data)
  if (crc32(content) !== checksum) throw new Failure(`${path} is damaged: its checksum is wrong.`)
  return content
}
