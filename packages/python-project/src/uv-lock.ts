import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { arrayOf, parseToml, stringOf, type Table, tableOf } from './toml.ts'

export interface LockedWheel {
  readonly filename: string
  /** Hexadecimal. */
  readonly sha256: string
}

/** A version of uv that a project pins. */
export interface LockedUv {
  readonly version: string
  readonly wheels: readonly LockedWheel[]
}

/** What a set-up needs of a `uv.lock`; the rest is uv's own business. */
export interface UvLock {
  /** The package uv, when it is among the locked ones. */
  readonly uv?: LockedUv
  /** SHA-256 of the file's bytes, hexadecimal, for cache keys. */
  readonly sha256: string
}

/** Reads `uv.lock` of a directory; undefined when there is none. */
export async function readUvLock(directory: string): Promise<UvLock | undefined> {
  const path = join(directory, 'uv.lock')
  const bytes = await readIfPresent(path)
  return bytes && parseUvLock(bytes, path)
}

/**
 * Finds uv in the bytes of a `uv.lock`. Only its entry is parsed: the whole file of a small project takes 15 ms, and
 * every job would wait for it. A UserError when that entry is not TOML.
 */
export function parseUvLock(bytes: Buffer, path: string): UvLock {
  const entry = UV_ENTRY.exec(bytes.toString('utf8'))?.[0]
  const uv = entry === undefined ? undefined : lockedUv(parseToml(entry, path))
  return { ...(uv ? { uv } : {}), sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** uv writes each package as a table of its own with the name first. */
const UV_ENTRY = /^\[\[package\]\]\r?\nname = "uv"\r?\n(?:(?!\[\[package\]\]).*\r?\n?)*/m

function lockedUv(document: Table): LockedUv | undefined {
  const entry = tableOf(arrayOf(document.package)[0])
  const version = stringOf(entry.version)
  return version === undefined
    ? undefined
    : { version, wheels: arrayOf(entry.wheels).flatMap(wheel => lockedWheel(tableOf(wheel))) }
}

/** Reads `uv.toml` of a directory, or undefined when there is none. */
export async function readUvToml(directory: string): Promise<Table | undefined> {
  const path = join(directory, 'uv.toml')
  const bytes = await readIfPresent(path)
  return bytes && parseToml(bytes.toString('utf8'), path)
}

/** A wheel of an index has a `url`, one of a directory a `path`; without a SHA-256 it cannot be verified and is left out. */
function lockedWheel(wheel: Table): LockedWheel[] {
  const address = stringOf(wheel.filename) ?? stringOf(wheel.url) ?? stringOf(wheel.path) ?? ''
  // Indexes encode the plus of a local version, the only such character that a wheel's name can hold.
  const filename = (
    address
      .replace(/[?#].*$/, '')
      .split(/[\\/]/)
      .at(-1) ?? ''
  ).replace(/%2B/gi, '+')
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(stringOf(wheel.hash) ?? '')?.[1]
  return filename && sha256 ? [{ filename, sha256 }] : []
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
