import type { Findings, Project } from '../plan/index.ts'
import type { Job } from './job.ts'
import type { Tree } from './tree.ts'

/** What a change is looked at with. */
export interface Surroundings {
  readonly project: Project
  readonly findings: Findings
  /** The project's folder in the repository, `.` for the repository itself. */
  readonly directory: string
  readonly tree: Tree
  /** Jobs of which nobody knows here what they read, so that every file may influence them. */
  readonly always: readonly Job[]
}
