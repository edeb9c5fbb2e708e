import type { PathMapping } from './path-map.ts'

/** The repository that the paths of a report are looked up in. */
export interface Tree {
  /** Paths from the root of the repository, as `git ls-files` has them. */
  readonly tracked: ReadonlySet<string>
  /** Absolute path of the checkout. */
  readonly workspace: string
  /** Where the tests run, from the root of the repository; '' for the root. */
  readonly workingDirectory: string
  readonly pathMap: readonly PathMapping[]
  /** Globs over paths of the repository; one that names a folder holds for all below. */
  readonly exclude: readonly string[]
  /** Whether a path of the repository is a file of the checkout; without it nothing is said to exist. */
  readonly exists?: (path: string) => boolean
}
