/** A file of a comparison, as GitHub's API has it. */
export interface RemoteFile {
  readonly path: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged'
  /** Hash of the file's content after the change. */
  readonly blob: string
  readonly additions: number
  readonly deletions: number
  /** Hunks with three lines of context; GitHub leaves it out for large and for binary files. */
  readonly patch?: string
}

/** Why there is no answer, in a few words: `403 Resource not accessible by integration`. */
export interface NoAnswer {
  readonly failure: string
}

/** What is asked of GitHub where git cannot tell. No method rejects for what GitHub or the network does. */
export interface ChangesApi {
  /** Parents of a commit, first one first. */
  parents(commit: string): Promise<readonly string[] | NoAnswer>
  /** Changes of `head` since it left `base`; both are hashes or branches. GitHub lists no more than 300 files. */
  compare(
    base: string,
    head: string,
  ): Promise<{ readonly mergeBase: string; readonly files: readonly RemoteFile[] } | NoAnswer>
  /** Changes of a pull request's head since it left the base branch; GitHub lists no more than 3000 files. */
  pullFiles(number: number): Promise<readonly RemoteFile[] | NoAnswer>
}

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
export const MOST_COMPARED = 300
/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
export const MOST_OF_A_PULL = 3000
