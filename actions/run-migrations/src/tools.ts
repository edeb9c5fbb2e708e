import {
  type ChosenTool,
  chooseTool,
  type MigrationTool,
  type ProjectPlace,
  trackingTable,
} from '@tokenledger/migrations'
import { sayLine } from './annotations.ts'
import type { MigrationInputs } from './inputs.ts'

export interface Tools {
  readonly choice: ChosenTool
  readonly tool: MigrationTool
  /** Alembic, beside numbered SQL files. */
  readonly other?: MigrationTool
}

export interface ToolSurroundings {
  readonly place: ProjectPlace
  readonly env: Readonly<Record<string, string | undefined>>
  readonly redact: (text: string) => string
}

/** Decides what migrates this project, and loads that alone. */
export async function toolsOf(inputs: MigrationInputs, surroundings: ToolSurroundings): Promise<Tools> {
  const { tool: wanted, path, command } = inputs.tools
  const choice = await chooseTool({ wanted, path, command, place: surroundings.place })
  const tool = await build(choice.kind, inputs, surroundings)
  return {
    choice,
    tool,
    ...(choice.other ? { other: await build(choice.other, inputs, surroundings) } : {}),
  }
}

async function build(
  kind: ChosenTool['kind'],
  { tools, record }: MigrationInputs,
  { place, env, redact }: ToolSurroundings,
): Promise<MigrationTool> {
  const say = sayLine
  if (kind === 'sql') {
    const { sqlTool } = await import('@tokenledger/migrations')
    const { trackingTable: table, outOfOrder, checksums, acceptChecksum: accepted } = record
    return sqlTool(place, { directory: tools.path, table, outOfOrder, checksums, accepted, say })
  }
  const files = {
    ...(tools.alembicConfig ? { config: tools.alembicConfig } : {}),
    ...(tools.alembicDirectory ? { directory: tools.alembicDirectory } : {}),
  }
  const common = { table: trackingTable(record.trackingTable), env, redact, say }
  const { alembicTool, commandTool } = await import('@tokenledger/migrations')
  return kind === 'alembic'
    ? alembicTool(place, { ...files, ...common })
    : commandTool(place, { command: tools.command, alembic: files, ...common })
}
