import { storedName } from '@tokenledger/github'

/** One file of a release, and where it is the same. */
export interface ProofRow {
  readonly file: string
  /** `sha256:<hex>`; what every place is compared with. */
  readonly digest: string
  /** Whether the build has named it with this digest; undefined where nobody said what was built. */
  readonly inBuild: boolean | undefined
  /** Undefined where it was not asked, and for files that no index takes. */
  readonly onIndex: 'equal' | 'differs' | 'absent' | undefined
  readonly inRelease: boolean | undefined
  /** Undefined where it was not asked. */
  readonly isAttested: boolean | undefined
}

export interface Evidence {
  /** Every file with its digest. */
  readonly digests: ReadonlyMap<string, string>
  /** By name; empty when nobody said what was built. */
  readonly built: ReadonlyMap<string, string>
  readonly onIndex?: ReadonlyMap<string, 'equal' | 'differs' | 'absent'>
  /** Names of files in the release with their digests. */
  readonly released?: ReadonlyMap<string, string>
  /** Digests that are attested. */
  readonly attested?: ReadonlySet<string>
}

/** The rows of a release's proof, by name. */
export function proofOf({ digests, built, onIndex, released, attested }: Evidence): ProofRow[] {
  return [...digests]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, digest]) => ({
      file,
      digest,
      inBuild: built.size === 0 ? undefined : built.get(file) === digest,
      onIndex: onIndex?.get(file),
      inRelease: released === undefined ? undefined : released.get(storedName(file)) === digest,
      isAttested: attested === undefined || !built.has(file) ? undefined : attested.has(digest),
    }))
}
