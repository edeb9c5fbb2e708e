import { readFileSync, statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { Failure } from '../../shared/runner.mjs'

const UTF8_NAMES = 0x0800
const VERSION = 20
const LIMIT = 0xffff_ffff

/** A zip archive (APPNOTE 6.3, without zip64) of `files` under their paths relative to `root`. `level` 0 stores. */
export function zip(root, files, level) {
  const locals = []
  const central = []
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(relative(root, file).split(sep).join('/'))
    const content = readFileSync(file)
    const data = level === 0 ? content : deflateRawSync(content, { level })
    const common = entryFields(content, data, level, name, statSync(file).mtime)
    const local = Buffer.concat([uint32(0x04034b50), common, uint16(0), name, data])
    central.push(
      Buffer.concat([uint32(0x02014b50), uint16(VERSION), common, Buffer.alloc(12), uint32(offset), name]),
    )
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  if (offset + directory.length > LIMIT || files.length > 0xffff)
    throw new Failure('The artifact is over 4 GiB or 65,535 files, more than this stand-in can pack.')
  const count = uint16(files.length)
  const end = [
    uint32(0x06054b50),
    uint32(0),
    count,
    count,
    uint32(directory.length),
    uint32(offset),
    uint16(0),
  ]
  return Buffer.concat([...locals, directory, ...end])
}

/** The fields that stand both before the data and in the directory, up to the length of the name. */
function entryFields(content, data, level, name, modified) {
  return Buffer.concat([
    uint16(VERSION),
    uint16(UTF8_NAMES),
    uint16(level === 0 ? 0 : 8),
    dosTime(modified),
    uint32(crc32(content)),
    uint32(data.length),
    uint32(content.length),
    uint16(name.length),
  ])
}

function dosTime(date) {
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1)
  const day =
    ((Math.max(1980, date.getFullYear()) - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()
  return Buffer.concat([uint16(time), uint16(day)])
}

function uint16(value) {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
