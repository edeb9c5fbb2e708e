/** A commit as far as a release asks for it. */
export interface Commit {
  readonly hash: string
  /** Hashes; a merge has two or more. */
  readonly parents: readonly string[]
  /** When it was committed, in seconds since 1970. */
  readonly committedAt: number
  /** The whole message. */
  readonly message: string
}

/** The first seven digits, as people are shown a commit. */
export function shortHash({ hash }: Pick<Commit, 'hash'>): string {
  return hash.slice(0, 7)
}
