import type { ProjectPlace, ToolKind } from './tool.ts'

export interface WantedTool {
  readonly wanted: 'auto' | ToolKind
  /** Folder of numbered SQL files, relative to the project's folder. */
  readonly path: string
  /** The project's own command; empty when none is given. */
  readonly command: string
  readonly place: ProjectPlace
}

export interface ChosenTool {
  readonly kind: ToolKind
  /** What was found, for the log. */
  readonly reason: string
  /** Set when numbered SQL files were chosen and the project has Alembic too. */
  readonly other?: 'alembic'
}

export async function chooseTool(_wanted: WantedTool): Promise<ChosenTool> {
  throw new Error('not built yet')
}
