import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { http, withoutCredentials } from '@tokenledger/kit'
import { RefusedArchive, UV_PROGRAMS } from './archive-entry.ts'
import type { ExpectedDigest } from './digests.ts'
import { refusedArchive, wrongDigest } from './failures.ts'
import { untar } from './untar.ts'
import { unzip } from './unzip.ts'

/** Time-outs of one request in ms. */
export interface Limits {
  readonly connectMs: number
  readonly stallMs: number
}

export interface RemoteFile {
  /** File name; `.tar.gz` is unpacked as it comes, `.zip` and `.whl` once it is there. */
  readonly name: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Downloads an archive of uv and unpacks its programs into `directory`, an empty one of the caller's that is dropped on
 * any error. Returns the bytes downloaded. Throws HttpError for the transfer, UserError for a wrong digest (which is
 * compared before anything that the archive holds is judged) and for an archive that is not what uv's are.
 */
export async function fetchAndUnpack(
  file: RemoteFile,
  expected: ExpectedDigest,
  directory: string,
  limits: Limits,
): Promise<number> {
  // Without this header a server may compress on the way, and Node would hand out other bytes than were hashed.
  const headers = { ...file.headers, 'accept-encoding': 'identity' }
  const { body } = await http.open(file.url, { ...limits, headers })
  const from = withoutCredentials(file.url)
  if (!file.name.endsWith('.tar.gz')) {
    const path = join(directory, file.name)
    const { sha256, bytes } = await save(body, path)
    check(file.name, from, sha256, expected)
    await unpackZip(path, from, directory)
    return bytes
  }
  const { sha256, bytes, failure } = await unpackWhileHashing(body, directory)
  check(file.name, from, sha256, expected)
  if (failure) throw asRefusal(failure, file.name, from)
  return bytes
}

/**
 * Holds a wheel that a package client has downloaded to its digest, then unpacks it like one of our own downloads.
 * Without a digest the client's own check against its index has to do.
 */
export async function unpackLocal(
  path: string,
  name: string,
  from: string,
  expected: ExpectedDigest | undefined,
  directory: string,
): Promise<void> {
  if (expected) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    check(name, from, hash.digest('hex'), expected)
  }
  await unpackZip(path, from, directory)
}

interface Received {
  readonly sha256: string
  readonly bytes: number
}

/**
 * Hashes the body while it is unpacked. What unpacking fails with is returned, not thrown, and the rest is still hashed: a
 * wrong digest is what the reader has to hear of first. No file is being written any more when this ends in any way.
 */
async function unpackWhileHashing(
  body: AsyncIterable<Uint8Array>,
  directory: string,
): Promise<Received & { readonly failure: unknown }> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const unpacked = untar(gunzip, directory, UV_PROGRAMS)
    .then(requireUv)
    .catch((error: unknown) => {
      // Nobody reads on, and feed() would wait for room for ever.
      gunzip.destroy()
      return error
    })
  try {
    const received = await feed(body, gunzip)
    return { ...received, failure: await unpacked }
  } catch (error) {
    gunzip.destroy()
    await unpacked
    throw error
  }
}

async function feed(
  body: AsyncIterable<Uint8Array>,
  gunzip: ReturnType<typeof createGunzip>,
): Promise<Received> {
  const hash = createHash('sha256')
  const closed = new Promise(resolve => gunzip.once('close', resolve))
  let bytes = 0
  for await (const chunk of body) {
    hash.update(chunk)
    bytes += chunk.byteLength
    if (gunzip.destroyed || gunzip.write(chunk)) continue
    await Promise.race([once(gunzip, 'drain').catch(() => undefined), closed])
  }
  gunzip.end()
  return { sha256: hash.digest('hex'), bytes }
}

async function save(body: AsyncIterable<Uint8Array>, path: string): Promise<Received> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx')
  let bytes = 0
  try {
    for await (const chunk of body) {
      hash.update(chunk)
      bytes += chunk.byteLength
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}

function check(name: string, from: string, got: string, { sha256, origin }: ExpectedDigest): void {
  if (got !== sha256) throw wrongDigest(name, from, got, sha256, origin)
}

async function unpackZip(path: string, from: string, directory: string): Promise<void> {
  const name = path.split(/[\\/]/).at(-1) ?? path
  try {
    requireUv(await unzip(path, directory))
  } catch (error) {
    throw asRefusal(error, name, from)
  }
  await rm(path)
}

function requireUv(names: readonly string[]): void {
  if (!names.includes('uv') && !names.includes('uv.exe')) throw new RefusedArchive('it holds no uv')
}

function asRefusal(error: unknown, name: string, from: string): unknown {
  if (error instanceof RefusedArchive) return refusedArchive(name, from, error.message)
  const { code = '', message } = error as NodeJS.ErrnoException
  return code.startsWith('Z_') ? refusedArchive(name, from, `it is not a gzip archive (${message})`) : error
}
