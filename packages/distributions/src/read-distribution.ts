import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { UserError } from '@tokenledger/kit'
import { RefusedArchive, readFromTar, readFromZip } from '@tokenledger/tool-install'
import { readCoreMetadata, UnreadableMetadata } from './core-metadata.ts'

export interface Distribution {
  /** Base name of the file. */
  readonly file: string
  readonly kind: 'wheel' | 'sdist'
  readonly name: string
  /** Of METADATA or PKG-INFO, as it is written there. */
  readonly version: string
}

/** Metadata holds the README, which nobody writes this long. */
const MOST_METADATA = 8 * 1024 * 1024
/** Twice the largest file that a release may hold; what unpacks to more was made to keep us busy. */
const MOST_UNPACKED = 4 * 1024 ** 3

/**
 * Name and version of a wheel (`.whl`) or an sdist (`.tar.gz` or `.zip` with a PKG-INFO in its top folder), from its metadata;
 * undefined for any other file. A UserError RELEASE_FILE_UNREADABLE for one that is damaged or has no usable metadata.
 */
export async function readDistribution(path: string): Promise<Distribution | undefined> {
  const file = basename(path)
  const read = readers[/\.(whl|tar\.gz|zip)$/i.exec(file)?.[1]?.toLowerCase() ?? '']
  if (!read) return undefined
  try {
    const found = await read(path)
    if (!found) return undefined
    return { file, kind: found.kind, ...readCoreMetadata(found.metadata) }
  } catch (error) {
    throw unreadable(file, error)
  }
}

interface Found {
  readonly kind: Distribution['kind']
  readonly metadata: Buffer
}

const readers: Readonly<Record<string, (path: string) => Promise<Found | undefined>>> = {
  async whl(path) {
    const metadata = only(await readFromZip(path, isWheelMetadata, MOST_METADATA), 'METADATA')
    if (!metadata) throw new UnreadableMetadata('it has no METADATA in a .dist-info folder')
    return { kind: 'wheel', metadata }
  },
  async zip(path) {
    return sdist(await readFromZip(path, isSdistMetadata, MOST_METADATA))
  },
  async 'tar.gz'(path) {
    const gunzip = createGunzip({ chunkSize: 1 << 18 })
    const file = createReadStream(path, { highWaterMark: 1 << 18 }).on('error', error =>
      gunzip.destroy(error),
    )
    const limits = { mostBytes: MOST_METADATA, mostUnpacked: MOST_UNPACKED }
    try {
      return sdist(await readFromTar(file.pipe(gunzip), isSdistMetadata, limits))
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      if (!code.startsWith('Z_')) throw error
      throw new RefusedArchive(`its gzip data is damaged at byte ${gunzip.bytesWritten} (${message})`)
    } finally {
      file.destroy()
      gunzip.destroy()
    }
  },
}

const isWheelMetadata = (name: string) => /^[^/]+\.dist-info\/METADATA$/.test(name)
const isSdistMetadata = (name: string) => /^(?:\.\/)?[^/]+\/PKG-INFO$/.test(name)

function sdist(entries: ReadonlyArray<{ content: Buffer }>): Found | undefined {
  const metadata = only(entries, 'PKG-INFO')
  return metadata && { kind: 'sdist', metadata }
}

/** Of two, each tool might believe another one. */
function only(entries: ReadonlyArray<{ content: Buffer }>, what: string): Buffer | undefined {
  if (entries.length > 1) throw new UnreadableMetadata(`it has ${entries.length} files ${what}`)
  return entries[0]?.content
}

function unreadable(file: string, error: unknown): unknown {
  if (!(error instanceof RefusedArchive || error instanceof UnreadableMetadata)) return error
  return new UserError(
    `RELEASE_FILE_UNREADABLE: ${file}: ${error.message}; build it again, or download the artifact of the build again`,
  )
}
