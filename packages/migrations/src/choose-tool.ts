import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { type AlembicProject, findAlembic } from './alembic/find-alembic.ts'
import { meaningOf } from './files/migration-names.ts'
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

/**
 * Which of the three ways a project uses. `auto` takes a given command, else numbered SQL files, else Alembic; a UserError
 * lists what was looked for when there is none of them.
 */
export async function chooseTool({ wanted, path, command, place }: WantedTool): Promise<ChosenTool> {
  if (wanted === 'command' && !command) {
    throw new UserError(
      'Input tool is "command", but input command is empty. Give the command, such as tokenledger db init.',
    )
  }
  if (wanted === 'command' || (wanted === 'auto' && command)) {
    return { kind: 'command', reason: `input command: ${command}` }
  }
  const alembic = await findAlembic(place)
  if (wanted === 'alembic')
    return { kind: 'alembic', reason: `input tool, ${alembic?.reason ?? 'configuration not found'}` }
  const numbered = await numberedFiles(place, path)
  if (wanted === 'sql') return sql('input tool', alembic)
  if (numbered.length > 0) return sql(countOf(numbered, path), alembic)
  if (alembic) return { kind: 'alembic', reason: `${alembic.reason}, and no numbered SQL files in ${path}` }
  throw new UserError(
    `Nothing to migrate with in ${place.workingDirectory}: input command is empty; ${path} holds no numbered SQL files (001_initial.sql); there is no alembic.ini, no [tool.alembic] in pyproject.toml and no folder with env.py and versions/. Set path, command or working-directory.`,
  )
}

function sql(reason: string, alembic: AlembicProject | undefined): ChosenTool {
  return alembic
    ? { kind: 'sql', reason: `${reason}; ${alembic.reason} as well`, other: 'alembic' }
    : { kind: 'sql', reason }
}

function countOf(names: readonly string[], path: string): string {
  const [first, last] = [names[0], names.at(-1)]
  return names.length === 1
    ? `1 numbered SQL file in ${path}, ${first}`
    : `${names.length} numbered SQL files in ${path}, ${first} to ${last}`
}

async function numberedFiles({ root, workingDirectory }: ProjectPlace, path: string): Promise<string[]> {
  const names = await readdir(resolve(root, workingDirectory, path)).catch(() => [])
  return names
    .filter(name => meaningOf(name).kind === 'migration')
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
