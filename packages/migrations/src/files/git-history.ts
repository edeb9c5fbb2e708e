import type { ProjectPlace } from '../tool.ts'

/** The commit that a file's present state comes from. */
export interface LastChange {
  /** Abbreviated hash. */
  readonly commit: string
  /** True when the work tree differs from that commit. */
  readonly uncommitted: boolean
}

/** `path` is relative to the checkout. */
export async function lastChange(_place: ProjectPlace, _path: string): Promise<LastChange | undefined> {
  throw new Error('not built yet')
}
