import { UserError } from '@tokenledger/kit'
import type { BumpConfig } from '../config/bump-config.ts'
import { withOwnVersion } from '../config/own-version.ts'
import type { BumpedVersion } from '../version/bumped-version.ts'
import { changedText } from './change-file.ts'
import { requireStillParses } from './still-parses.ts'
import { type Target, targetsOf } from './targets.ts'

/** The files of a project. Paths are relative to its folder, with `/`. */
export interface ProjectFiles {
  /** Every file that a glob may find. */
  list(): readonly string[]
  /** The whole text, with its byte order mark and line ends; `undefined` when there is no such file. */
  read(path: string): string | undefined
}

export interface Edit {
  readonly path: string
  readonly before: string
  readonly after: string
}

export interface EditPlan {
  /** The files to write, in the order of the configuration, which comes last itself. Never one that stays the same. */
  readonly edits: readonly Edit[]
  /** Entries that changed nothing: a file or a version that may be missing and is. */
  readonly untouched: readonly string[]
}

/**
 * Plans every edit of a bump in memory. Either all of them are possible and are handed out, or a UserError says which
 * is not and nothing has been changed; this function writes no file.
 */
export function planEdits(config: BumpConfig, bumped: BumpedVersion, files: ProjectFiles): EditPlan {
  if (!bumped.changed) return { edits: [], untouched: [] }
  const originals = new Map<string, string>()
  const texts = new Map<string, string>()
  const untouched: string[] = []
  const open = (path: string): string | undefined => {
    const text = texts.get(path) ?? files.read(path)
    if (text !== undefined && !originals.has(path)) originals.set(path, text)
    return text
  }
  for (const target of targetsOf(config, bumped.part, () => files.list())) {
    const text = open(target.path)
    if (text === undefined) requireMayMiss(target, config)
    else texts.set(target.path, changedBy(target, text, bumped))
    if (text === texts.get(target.path)) untouched.push(target.path)
  }
  const own = open(config.path)
  if (own !== undefined)
    texts.set(config.path, withOwnVersion(own, config.path, bumped.current, bumped.ownNext))
  return { edits: editsOf(originals, texts, config.path), untouched }
}

function changedBy({ path, changes }: Target, text: string, bumped: BumpedVersion): string {
  return changes.reduce((changing, change) => changedText(changing, path, change, bumped), text)
}

function requireMayMiss({ path, changes }: Target, config: BumpConfig): void {
  if (changes.every(change => change.ignoreMissingFile)) return
  throw new UserError(
    `BUMP_FILE_MISSING: ${path}, which ${config.path} lists, does not exist; no file was changed. Correct the entry, or set ignore_missing_file`,
  )
}

function editsOf(
  originals: ReadonlyMap<string, string>,
  texts: ReadonlyMap<string, string>,
  last: string,
): Edit[] {
  const edits = [...texts].flatMap(([path, after]) => {
    const before = originals.get(path) ?? after
    if (before === after) return []
    requireStillParses(path, before, after)
    return [{ path, before, after }]
  })
  return edits.sort((a, b) => Number(a.path === last) - Number(b.path === last))
}
