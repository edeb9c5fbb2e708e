import { bumpedVersion, type Edit, planEdits } from '@tokenledger/bumpversion'
import { UserError } from '@tokenledger/kit'
import { versionEdits } from '@tokenledger/python-project'
import { compareVersions, parseVersion, type Version } from '@tokenledger/versioning'
import type { CurrentVersion } from './current-version.ts'
import type { ByTool } from './next-by-tool.ts'
import { withCurrent } from './next-version.ts'
import type { ProjectFiles } from './project-files.ts'

/** What a bump changes in files, none of which is written yet. */
export interface PlannedEdits {
  readonly edits: readonly Edit[]
  /** Entries of the configuration that changed nothing. */
  readonly untouched: readonly string[]
  readonly hooks: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Plans every edit in memory: those of the configuration first, then the places that say what the version is and that it has
 * left as they were. `byTool` has done the former. A UserError when one of them cannot be done, and then none is.
 */
export function planVersionEdits(
  current: CurrentVersion,
  next: Version,
  files: ProjectFiles,
  folder: string,
  now: Date,
  byTool: ByTool | undefined,
): PlannedEdits {
  const { config, sources } = current
  const inFolder = (path: string) => (folder ? `${folder}/${path}` : path)
  const edits = new Map(byTool?.edits.map(edit => [edit.path, edit]))
  let untouched: readonly string[] = []
  let warnings: readonly string[] = []
  if (config && !byTool) {
    const request = { newVersion: next.text }
    const bumped = bumpedVersion(withCurrent(config, current), request, { now, env: {} })
    requireSame(bumped.next, next, config.path)
    const plan = planEdits(withCurrent(config, current), bumped, filesOf(files, folder))
    for (const edit of plan.edits) {
      const path = inFolder(edit.path)
      edits.set(path, { ...edit, path })
    }
    untouched = plan.untouched.map(inFolder)
    warnings = bumped.warnings
  }
  const read = (path: string) => edits.get(path)?.after ?? files.read(path)
  const behind = sources.filter(source => source.role === 'copy' || isBehind(source, read(source.path), next))
  for (const { path, after } of versionEdits(behind, next.text, read)) {
    edits.set(path, { path, before: files.read(path) ?? '', after })
  }
  return { edits: [...edits.values()], untouched, hooks: byTool?.hooks ?? config?.hooks ?? [], warnings }
}

/** The configuration may have written it already, in a spelling of its own. */
function isBehind(source: CurrentVersion['sources'][number], text: string | undefined, next: Version) {
  if (text === undefined) return true
  const unchanged = source.edit(source.version, text) === text
  return unchanged && compareVersions(parseVersion(source.version) ?? next, next) !== 0
}

function filesOf({ tracked, read }: ProjectFiles, folder: string) {
  const prefix = folder ? `${folder}/` : ''
  return {
    list: () => tracked.filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length)),
    read: (path: string) => read(prefix + path),
  }
}

/** `serialize` may leave out what it has no place for. */
function requireSame(written: string, next: Version, where: string): void {
  const version = parseVersion(written)
  if (version && compareVersions(version, next) === 0) return
  throw new UserError(
    `BUMP_SERIALIZE: serialize of ${where} writes ${next.text} as ${written}, which is another version; add a format that holds all of it, or leave the part out`,
  )
}
