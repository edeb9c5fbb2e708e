import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'

export interface MeasuredFile {
  readonly path: string
  /** Base name. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** `sha256:<hex>`. */
  readonly digest: string
}

/** Size and digest of a file, read once and as a stream; both are of the same bytes. */
export async function measureFile(path: string): Promise<MeasuredFile> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk)
    size += chunk.length
  }
  return { path, name: basename(path), size, digest: `sha256:${hash.digest('hex')}` }
}
