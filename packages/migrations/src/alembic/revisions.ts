/** One revision file, as Alembic reads it. */
export interface Revision {
  readonly id: string
  /** First line of the docstring. */
  readonly doc: string
  /** Path relative to the repository, with forward slashes. */
  readonly path: string
  /** Line of the `down_revision` assignment, from 1; 1 when there is none. */
  readonly line: number
  /** The revisions that it comes after; several for a merge, none for the first. */
  readonly down: readonly string[]
  /** Revisions of other branches that must be there before. */
  readonly dependsOn: readonly string[]
}
