import { join, resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { findProgram } from '../command/find-program.ts'
import type { ProjectPlace } from '../tool.ts'

type Environment = Readonly<Record<string, string | undefined>>

const BIN = process.platform === 'win32' ? 'Scripts' : 'bin'

/** The folders of programs of the project's virtual environments, the nearest first; they need not exist. */
export function venvFolders({ root, workingDirectory }: ProjectPlace, env: Environment): string[] {
  const project = resolve(root, workingDirectory)
  const { UV_PROJECT_ENVIRONMENT, VIRTUAL_ENV } = env
  const venvs = [
    ...(UV_PROJECT_ENVIRONMENT ? [resolve(project, UV_PROJECT_ENVIRONMENT)] : []),
    join(project, '.venv'),
    join(root, '.venv'),
    ...(VIRTUAL_ENV ? [resolve(VIRTUAL_ENV)] : []),
  ]
  return [...new Set(venvs)].map(venv => join(venv, BIN))
}

/**
 * The project's Python: the given one, else that of its virtual environment (`.venv`, VIRTUAL_ENV), else `python` on PATH.
 * A UserError with the remedy when there is none.
 */
export async function findPython(place: ProjectPlace, env: Environment, given?: string): Promise<string> {
  const cwd = resolve(place.root, place.workingDirectory)
  const folders = venvFolders(place, env)
  const names = given ? [given] : ['python', 'python3']
  for (const name of names) {
    const found = await findProgram(name, { cwd, folders, env })
    if (found) return found
  }
  const looked = given ? `"${given}" is no program` : 'no .venv, no VIRTUAL_ENV, no python on PATH'
  throw new UserError(
    `No Python for Alembic in ${place.workingDirectory}: ${looked}. Run setup-uv-python before this step.`,
  )
}
