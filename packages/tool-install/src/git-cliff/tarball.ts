import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { http, retry, UserError, withoutCredentials } from '@tokenledger/kit'
import { RefusedArchive } from '../archive-entry.ts'
import { headersFor } from '../endpoint.ts'
import { refusedArchive } from '../failures.ts'
import { honourProxy } from '../proxy.ts'
import { isPassing } from '../sources/found.ts'
import { untar } from '../untar.ts'
import type { CliffBuild } from './build.ts'
import { npmRegistry } from './npm.ts'

/** An npm tarball in memory, not yet held to its digest. */
export interface Tarball {
  readonly name: string
  /** Address without credentials, or the program that fetched it. */
  readonly from: string
  readonly bytes: Buffer
}

/** Where every npm registry has it; asking for the metadata first would be a second request. */
export async function download(build: CliffBuild, env: NodeJS.ProcessEnv): Promise<Tarball> {
  const registry = await npmRegistry(env)
  honourProxy(env)
  const name = tarballName(build)
  const url = `${registry.url}/${build.package}/-/${name}`
  // Without this header a server may compress on the way, and other bytes than npm's would be hashed.
  const headers = { ...headersFor(registry, url), 'accept-encoding': 'identity' }
  const bytes = await retry(async () => buffer((await http.open(url, { headers })).body), {
    attempts: 2,
    delayMs: 200,
    isRetryable: isPassing,
  })
  return { name, from: withoutCredentials(url), bytes }
}

export const tarballName = ({ package: name, version }: CliffBuild) => `${name}-${version}.tgz`

/**
 * Puts the program of a tarball into `directory`, after the tarball is known to be npm's. A UserError for a wrong digest, and
 * for a tarball without the program.
 */
export async function unpack(
  { name, from, bytes }: Tarball,
  { digests, program }: CliffBuild,
  directory: string,
): Promise<void> {
  const digest = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  if (digest !== digests.tarball) {
    throw new UserError(
      `SHA-512 of ${name} from ${from} is ${digest}, expected ${digests.tarball} (bundled). The file was deleted and not run.`,
    )
  }
  const names = await untar(gunzipped(bytes), directory, new Set([program])).catch((error: unknown) => {
    throw error instanceof RefusedArchive ? refusedArchive(name, from, error.message) : error
  })
  if (!names.includes(program)) throw refusedArchive(name, from, `it holds no ${program}`)
}

function gunzipped(bytes: Buffer): AsyncIterable<Buffer> {
  return Readable.from([bytes]).pipe(createGunzip({ chunkSize: 1 << 18 }))
}
