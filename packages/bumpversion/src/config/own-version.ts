import { isDeepStrictEqual } from 'node:util'
import { UserError } from '@tokenledger/kit'
import { parseIni } from './ini.ts'
import { parseToml, type RawTable, tableOf } from './raw-config.ts'
import { isPyproject, staticProjectVersion } from './read-config.ts'

/**
 * The text of the configuration file with the new version in it: its own `current_version`, and the static
 * `project.version` of a pyproject.toml when that was the current version too. Everything else, comments included,
 * stays byte for byte: every candidate place is tried, and the one after which the file reads as wanted is taken.
 */
export function withOwnVersion(text: string, path: string, current: string, next: string): string {
  if (path.endsWith('.cfg')) return withIniVersion(text, path, next)
  const own = tableOf(tableOf(parseToml(text, path).tool).bumpversion).current_version
  const bumped =
    typeof own === 'string'
      ? replaced(text, path, ['tool', 'bumpversion', 'current_version'], own, next)
      : text
  const project = isPyproject(path) ? staticProjectVersion(parseToml(bumped, path)) : undefined
  return project === current ? replaced(bumped, path, ['project', 'version'], current, next) : bumped
}

function withIniVersion(text: string, path: string, next: string): string {
  const wanted = { ...parseIni(text, path) }
  const own = wanted.bumpversion?.current_version
  if (own === undefined) return text
  wanted.bumpversion = { ...wanted.bumpversion, current_version: next }
  return firstThat(
    text,
    own,
    next,
    candidate =>
      isDeepStrictEqual(
        readOr(() => parseIni(candidate, path)),
        wanted,
      ),
    path,
  )
}

function replaced(text: string, path: string, keys: readonly string[], old: string, next: string): string {
  const wanted = withValue(parseToml(text, path), keys, next)
  return firstThat(
    text,
    old,
    next,
    candidate =>
      isDeepStrictEqual(
        readOr(() => parseToml(candidate, path)),
        wanted,
      ),
    path,
  )
}

function withValue(table: RawTable, [key = '', ...deeper]: readonly string[], value: string): RawTable {
  const changed = { ...table }
  changed[key] = deeper.length === 0 ? value : withValue(tableOf(table[key]), deeper, value)
  return Object.setPrototypeOf(changed, Object.getPrototypeOf(table))
}

function firstThat(
  text: string,
  old: string,
  next: string,
  isWanted: (candidate: string) => boolean,
  path: string,
): string {
  if (old === next) return text
  for (let at = text.indexOf(old); at >= 0 && old !== ''; at = text.indexOf(old, at + 1)) {
    const candidate = text.slice(0, at) + next + text.slice(at + old.length)
    if (isWanted(candidate)) return candidate
  }
  throw new UserError(
    `BUMP_CONFIG_INVALID: ${path}: the version "${old}" could not be replaced in place; write it as a plain string without escapes. No file was changed`,
  )
}

/** What `read` gives; a candidate that no longer parses is simply not the wanted one. */
function readOr(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return undefined
  }
}
