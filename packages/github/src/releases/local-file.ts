import type { Asset } from './asset.ts'

/** A file that is to be in a release. */
export interface LocalFile {
  readonly path: string
  /** Its name in the release. */
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** `sha256:<hex>` */
  readonly digest: string
  /** Default `application/octet-stream`. */
  readonly contentType?: string
}

export interface AssetOutcome {
  /** The name that GitHub gave it. */
  readonly name: string
  readonly id: number
  /** In bytes. */
  readonly size: number
  /** `sha256:<hex>` */
  readonly digest: string
  /** For browsers. */
  readonly url: string
  readonly action: 'uploaded' | 'skipped' | 'replaced'
}

/** Whether a release holds all of a file. An asset without a digest is not known to. */
export function holds(asset: Asset, file: Pick<LocalFile, 'size' | 'digest'>): boolean {
  return asset.state === 'uploaded' && asset.size === file.size && asset.digest === file.digest
}
