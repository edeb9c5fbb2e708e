import type { Problem } from '../problem.ts'
import type { ProjectPlace } from '../tool.ts'

/** How a folder of migrations differs from what is merged already. */
export interface MergedFilesReport {
  /** Hash of the commit that was compared with; absent when there is none, and then `reason` says why. */
  readonly base?: string
  /** Migration files that the base does not have; paths relative to the checkout. */
  readonly newPaths?: ReadonlySet<string>
  /** Merged files that were edited, renamed or deleted, and new files with a version below a merged one. */
  readonly problems: readonly Problem[]
  /** Why nothing was compared, and how to make it possible. */
  readonly reason?: string
}

export interface MergedFilesOptions {
  readonly outOfOrder?: 'error' | 'allow'
  /** The input accept-checksum: an accepted edit is no problem. */
  readonly accepted?: ReadonlyMap<string, string>
  /** GitHub's variables; those of this process when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

export async function changedMergedFiles(
  _place: ProjectPlace,
  _directory: string,
  _baseRef?: string,
  _options: MergedFilesOptions = {},
): Promise<MergedFilesReport> {
  throw new Error('not built yet')
}
