import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Pyproject,
  parsePyproject,
  readPyproject,
  readUvToml,
  type Table,
  tableOf,
} from '@tokenledger/python-project'
import type { InstallMode } from './inputs.ts'
import { type LocatedLock, locateLock } from './lock-location.ts'

/** The files of a project that decide about its set-up, read once. */
export interface Project {
  readonly pyproject: Pyproject
  readonly lock: LocatedLock | undefined
  readonly uvToml: Table | undefined
  /** Content of `.python-version`. */
  readonly pythonVersionFile: string | undefined
}

/** Reads a project. Without a pyproject.toml it is a UserError, unless nothing is to be installed. */
export async function readProject(
  directory: string,
  workspace: string,
  install: InstallMode,
): Promise<Project> {
  const pyproject = await readPyproject(directory).catch(error => {
    if (install !== 'none') throw error
    return parsePyproject('', join(directory, 'pyproject.toml'))
  })
  const [lock, uvToml, pythonVersionFile] = await Promise.all([
    locateLock(pyproject, workspace),
    readUvToml(directory),
    readFile(join(directory, '.python-version'), 'utf8').catch(() => undefined),
  ])
  return { pyproject, lock, uvToml, pythonVersionFile }
}

/** The settings that uv reads: uv.toml where it is there, else `[tool.uv]`. */
export function uvSettings({ uvToml, pyproject }: Project): Table {
  return uvToml ?? tableOf(pyproject.tool.uv)
}
