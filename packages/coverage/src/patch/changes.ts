/** Lines that a change adds or edits, in the tree that was tested. */
export interface Changes {
  /** Path in the repository → added or edited lines of the tested tree, ascending. Files without such lines are left out. */
  readonly files: ReadonlyMap<string, readonly number[]>
  /** How they were found, for people: `git diff 4c353ff..a1b2c3d, the merge commit against its first parent`. */
  readonly source: string
  /** Commit that they are changes against. */
  readonly base: string
  /** Files whose lines could not be had, with the reason; they are no part of `files`. */
  readonly notComparable: ReadonlyMap<string, string>
  /**
   * The line of the pull request's head for one of the tested tree, which is a merge; undefined where the head has no such
   * line. The same line when the head itself was tested.
   */
  headLine(path: string, line: number): number | undefined
}
