import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { arrayOf, parseToml, stringOf, type Table, tableOf } from './toml.ts'

export interface LockedWheel {
  readonly filename: string
  /** Hexadecimal. */
  readonly sha256: string
}

export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly wheels: readonly LockedWheel[]
}

export interface UvLock {
  /** Packages with a version: all but the project itself where its version is dynamic. */
  readonly packages: readonly LockedPackage[]
  readonly requiresPython?: string
  /** SHA-256 of the file's bytes, hexadecimal, for cache keys. */
  readonly sha256: string
}

/** Reads `uv.lock` of a directory; undefined when there is none, a UserError when it is not TOML. */
export async function readUvLock(directory: string): Promise<UvLock | undefined> {
  const path = join(directory, 'uv.lock')
  const bytes = await readIfPresent(path)
  return bytes && parseUvLock(bytes, path)
}

/** Parses the bytes of a `uv.lock`. */
export function parseUvLock(bytes: Buffer, path: string): UvLock {
  const document = parseToml(bytes.toString('utf8'), path)
  const requiresPython = stringOf(document['requires-python'])
  return {
    packages: arrayOf(document.package).flatMap(entry => lockedPackage(tableOf(entry))),
    ...(requiresPython !== undefined ? { requiresPython } : {}),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

/** Reads `uv.toml` of a directory, or undefined when there is none. */
export async function readUvToml(directory: string): Promise<Table | undefined> {
  const path = join(directory, 'uv.toml')
  const bytes = await readIfPresent(path)
  return bytes && parseToml(bytes.toString('utf8'), path)
}

function lockedPackage(entry: Table): LockedPackage[] {
  const name = stringOf(entry.name)
  const version = stringOf(entry.version)
  if (name === undefined || version === undefined) return []
  return [{ name, version, wheels: arrayOf(entry.wheels).flatMap(wheel => lockedWheel(tableOf(wheel))) }]
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
