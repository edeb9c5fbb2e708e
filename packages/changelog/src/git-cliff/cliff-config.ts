import { readFile, stat } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'

/** As git-cliff looks for its own tables in a manifest (git-cliff-core, config.rs). */
const OWN_TABLE = /^\[tool\.git-cliff\./m

export interface CliffConfig {
  /** Absolute. */
  readonly path: string
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
  if ((await stat(path).catch(() => undefined))?.isFile()) return { path }
  const folder = dirname(path)
  const manifest = await readFile(resolve(folder, 'pyproject.toml'), 'utf8').catch(() => '')
  if (OWN_TABLE.test(manifest)) return { path, folder }
  throw new UserError(
    `NOTES_CONFIG_MISSING: ${relative(root, path) || config} not found; add it, or name the configuration of git-cliff in cliff-config`,
  )
}
