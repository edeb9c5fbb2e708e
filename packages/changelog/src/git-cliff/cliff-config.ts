import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'

/** As git-cliff looks for its own tables in a manifest (git-cliff-core, config.rs). */
const OWN_TABLE = /^\[tool\.git-cliff\./m

export interface CliffConfig {
  /** Absolute. */
  readonly path: string
  readonly text: string
  /** Where git-cliff has to run for it: it looks for a manifest in its own folder alone. Absent: anywhere. */
  readonly folder?: string
}

/**
 * Where the configuration of git-cliff is: the file, else the `[tool.git-cliff]` of the pyproject.toml beside it. git-cliff
 * itself goes on with its defaults when there is neither, so that is a UserError here.
 *
 * @param config relative to `root`, or absolute
 */
export async function findCliffConfig(root: string, config: string): Promise<CliffConfig> {
  const path = resolve(root, config)
  const text = await textOf(path)
  if (text !== undefined) return { path, text }
  const folder = dirname(path)
  const manifest = await manifestIn(folder)
  if (manifest !== undefined && OWN_TABLE.test(manifest)) return { path, text: manifest, folder }
  throw new UserError(
    `NOTES_CONFIG_MISSING: ${relative(root, path) || config} not found; add it, or name the configuration of git-cliff in cliff-config`,
  )
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

/** A function of its own: where the bundler follows a path to a name like this, it takes the file with it. */
function manifestIn(folder: string): Promise<string | undefined> {
  return textOf(join(folder, 'pyproject.toml'))
}
