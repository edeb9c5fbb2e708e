/** Where the bytes of an asset are: small ones in memory, others in a file that goes when the stand-in is closed. */
export type AssetContent = { readonly bytes: Buffer } | { readonly file: string }

export interface ReleaseAsset {
  readonly id: number
  /** As GitHub renamed it. */
  readonly name: string
  readonly label: string | null
  readonly contentType: string
  /** `starter` while its bytes arrive, and for good when they never did. */
  state: 'starter' | 'uploaded'
  /** Bytes; 0 for a starter. */
  size: number
  /** `sha256:<hex>` of the bytes, also where `settings.digests` hides it; undefined for a starter. */
  digest: string | undefined
  /** Undefined for a starter. */
  content: AssetContent | undefined
  readonly createdAt: string
}

export interface Release {
  readonly id: number
  /** `untagged-<hash>` when an update of a draft did not say it again. */
  tag: string
  name: string | null
  body: string | null
  draft: boolean
  prerelease: boolean
  immutable: boolean
  /** Marked as the latest; no more than one is. */
  latest: boolean
  /** Branch or SHA at which publishing makes a tag that does not exist. */
  target: string
  /** Category of the discussion that publishing opened. */
  discussionCategory: string | undefined
  readonly author: string
  /** The date of its commit once it is public, as GitHub has it. */
  createdAt: string
  publishedAt: string | undefined
  readonly assets: ReleaseAsset[]
}

export interface Attestation {
  readonly id: number
  /** `sha256:<hex>` of each subject. */
  readonly subjects: readonly string[]
  readonly predicateType: string
  /** As it was sent. */
  readonly bundle: object
}

/** What the releases of a repository are, beside the tags in git. */
export interface ReleaseRecords {
  /** In order of creation, drafts too. */
  readonly releases: Release[]
  /** Tags that immutable releases had; none of them can be used for another one, nor be made again. */
  readonly burnedTags: Set<string>
  readonly attestations: Attestation[]
}
