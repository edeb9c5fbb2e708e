/** A tag that leads to a commit. */
export interface Tag {
  /** Its name without `refs/tags/`. */
  readonly tag: string
  /** The commit that it leads to, also through tags of tags. */
  readonly commit: string
  /** Whether HEAD is this commit or comes after it. */
  readonly isAncestor: boolean
}

/** Picks the tag that a release follows, out of tags of any format; undefined for a first release. */
export type ChooseTag = (tags: readonly Tag[]) => Tag | undefined
