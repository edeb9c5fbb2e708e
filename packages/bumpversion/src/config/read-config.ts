import { UserError } from '@tokenledger/kit'
import type { BumpConfig } from './bump-config.ts'
import { configFileOf, type Environment, withEnvironment } from './environment.ts'
import { parseToml, type RawTable, rawFromIni, rawFromToml, tableOf } from './raw-config.ts'
import { settingsOf } from './settings.ts'

/** The order in which bump-my-version looks; the first whose text holds `bumpversion]` is the configuration. */
const SEARCH_ORDER = ['.bumpversion.cfg', '.bumpversion.toml', 'setup.cfg', 'pyproject.toml'] as const
const MARK = 'bumpversion]'

export interface ReadOptions {
  /** The one file to look at, instead of the search. */
  readonly configFile?: string
  /** For `BUMPVERSION_*`, which go before the file. */
  readonly env?: Environment
  /** The tool itself is going to read it, so that a `parse` beyond this package is no matter; there are no `parts` then. */
  readonly forTool?: boolean
}

/**
 * Reads the configuration of bump-my-version, or gives `undefined` when there is none.
 * `read` gives the text of a file, or `undefined` when it does not exist. What cannot be understood is a UserError.
 */
export function readBumpConfig(
  read: (path: string) => string | undefined,
  { configFile, env = {}, forTool = false }: ReadOptions = {},
): BumpConfig | undefined {
  const wanted = configFile || configFileOf(env)
  for (const path of wanted ? [wanted] : SEARCH_ORDER) {
    const text = read(path)
    if (text?.includes(MARK)) return configFrom(text, path, env, forTool)
  }
  if (!wanted) return undefined
  throw new UserError(
    `BUMP_CONFIG_MISSING: ${wanted} ${read(wanted) === undefined ? 'does not exist' : 'has no [tool.bumpversion] section'}; correct config-file, or leave it out`,
  )
}

function configFrom(text: string, path: string, env: Environment, forTool: boolean): BumpConfig {
  if (path.endsWith('.cfg'))
    return settingsOf(withEnvironment(rawFromIni(text, path), env), path, undefined, forTool)
  if (!path.endsWith('.toml')) throw new UserError(`BUMP_CONFIG_INVALID: ${path} must end in .toml or .cfg`)
  const document = parseToml(text, path)
  const raw = withEnvironment(rawFromToml(document, path), env)
  return settingsOf(raw, path, isPyproject(path) ? staticProjectVersion(document) : undefined, forTool)
}

export function isPyproject(path: string): boolean {
  return path.split('/').at(-1) === 'pyproject.toml'
}

/** `project.version`, unless it is dynamic (PEP 621). */
export function staticProjectVersion(document: RawTable): string | undefined {
  const { version, dynamic } = tableOf(document.project)
  if (Array.isArray(dynamic) && dynamic.includes('version')) return undefined
  return typeof version === 'string' ? version : undefined
}
