import type { Asset, AssetOutcome, Release } from '@tokenledger/github'
import type { Notes } from './notes.ts'
import type { ProofRow } from './proof.ts'
import type { Subject } from './subject.ts'

export type State = 'verified' | 'noted' | 'prepared' | 'published' | 'already-published'

/** What is known of a run, for outputs and summary; a failure leaves the later parts out. */
export interface Known {
  subject?: Subject
  /** The commit that the tag is on. */
  commit?: string
  notes?: Notes
  /** The body as it is in the release. */
  body?: string
  notesFile?: string
  checksumsFile?: string | undefined
  release?: Release
  isLatest?: boolean
  assets?: readonly (Asset & { readonly action?: AssetOutcome['action'] })[]
  /** SHA-256 as `sha256:<hex>` of every file but the checksums, by name. */
  digests?: ReadonlyMap<string, string>
  /** Bytes by name, of files that are here. */
  sizes?: ReadonlyMap<string, number>
  proof?: readonly ProofRow[]
  state?: State
  /** One line each, in order. */
  readonly checks: string[]
  readonly warnings: string[]
  failure?: string
}
