import { posix } from 'node:path'
import type { Edit } from '@tokenledger/bumpversion'
import { insertRelease, renderSection } from '@tokenledger/changelog'
import { type Git, UserError } from '@tokenledger/kit'
import { packageName } from '@tokenledger/python-project'
import {
  compareVersions,
  type DriftPlace,
  isPrerelease,
  scanDrift,
  type TagFormat,
  type Version,
} from '@tokenledger/versioning'
import { type CurrentVersion, currentVersion } from './current-version.ts'
import type { BumpInputs } from './inputs.ts'
import { nextByTool } from './next-by-tool.ts'
import { decideNext, type Next } from './next-version.ts'
import { type Past, readPast } from './past.ts'
import { planVersionEdits } from './plan-edits.ts'
import { type ProjectFiles, requireText } from './project-files.ts'
import type { Surroundings } from './surroundings.ts'

interface Known {
  readonly current: CurrentVersion
  readonly past: Past
  readonly next: Next
}

export type Plan =
  | (Known & { readonly kind: 'nothing' })
  | (Known & {
      readonly kind: 'bump'
      readonly version: Version
      readonly tag: string
      readonly part: string
      readonly reason: string
      readonly previousTag: string | undefined
      readonly edits: readonly Edit[]
      /** Markdown of the changelog's section, or one made from the commits. */
      readonly notes: string
      readonly notesSource: string
      readonly isPrerelease: boolean
      readonly drift: readonly DriftPlace[]
      readonly hooks: readonly string[]
      readonly warnings: readonly string[]
    })

/** Decides the next version and plans everything that it changes; writes nothing. */
export async function planBump(
  git: Git,
  files: ProjectFiles,
  inputs: BumpInputs,
  format: TagFormat,
  at: Surroundings,
  now: Date,
): Promise<Plan> {
  const current = currentVersion(files, inputs, process.env)
  const past = await readPast(git, format, { folder: inputs.folder, towards: towards(current, inputs) })
  refuseBehind(current, past, format)
  refuseUnreleased(current, past, format, inputs)
  const byTool =
    inputs.engine === 'bump-my-version' ? await nextByTool(current, past, inputs, now) : undefined
  const next = byTool?.next ?? decideNext(current, past, inputs, now)
  if (next.kind === 'none') return { kind: 'nothing', current, past, next }
  const { version, part, reason } = next
  const tag = format.tagOf(version)
  refuseTag(tag, past)
  const planned = planVersionEdits(current, version, files, inputs.folder, now, byTool)
  const previous = past.previousOf(version)
  const noted = addToChangelog({ files, inputs, at, version, tag, previous: previous?.tag, past, now })
  const edits = [...planned.edits, ...noted.edits]
  for (const { path, before } of edits) if (before !== '') requireText(inputs.workspace, path, before)
  const drift = inputs.drift === 'off' ? [] : driftOf(files, inputs, current, past, edits)
  return {
    kind: 'bump',
    current,
    past,
    next,
    version,
    tag,
    part,
    reason,
    previousTag: previous?.tag,
    edits,
    notes: noted.notes,
    notesSource: noted.reason,
    isPrerelease: isPrerelease(version),
    drift,
    hooks: planned.hooks,
    warnings: [
      ...planned.warnings,
      ...planned.untouched.map(path => `${path} was to be changed, and holds nothing to change.`),
    ],
  }
}

function towards({ version }: CurrentVersion, { wish, label }: BumpInputs): 'final' | 'prerelease' {
  if (label) return 'prerelease'
  if (wish.kind === 'part') return ['prerelease', 'dev'].includes(wish.part) ? 'prerelease' : 'final'
  if (wish.kind === 'version')
    return /[a-z]/i.test(wish.version.replace(/post/i, '')) ? 'prerelease' : 'final'
  return version.pre ? 'prerelease' : 'final'
}

/** A tag above the tree's version was made past it; a bump from there would go backwards. */
function refuseBehind(current: CurrentVersion, { previous }: Past, format: TagFormat): void {
  const released = previous?.isAncestor ? format.versionOf(previous.tag) : undefined
  if (!previous || !released || compareVersions(released, current.version) <= 0) return
  throw new UserError(
    `BUMP_BEHIND: the tree has ${current.text} (${current.reason}), and ${previous.tag} is released; set the version to ${released.text} first`,
  )
}

/** A merged bump waits for its tag: to bump again would count its commits twice, and skip a version. */
function refuseUnreleased(
  current: CurrentVersion,
  past: Past,
  format: TagFormat,
  { wish }: BumpInputs,
): void {
  if (wish.kind !== 'auto' || past.versions.length === 0 || current.version.dev !== undefined) return
  const tag = format.tagOf(current.version)
  if (past.tags.some(each => each.tag === tag)) return
  throw new UserError(
    `BUMP_UNRELEASED: the tree has ${current.text} (${current.reason}), and there is no tag ${tag}; release that first (mode: tag), or name a part`,
  )
}

function refuseTag(tag: string, { tags }: Past): void {
  const there = tags.find(each => each.tag === tag)
  if (there) throw new UserError(`BUMP_TAG_EXISTS: ${tag} already exists at ${there.commit}`)
}

interface ChangelogFacts {
  readonly files: ProjectFiles
  readonly inputs: BumpInputs
  readonly at: Surroundings
  readonly version: Version
  readonly tag: string
  readonly previous: string | undefined
  readonly past: Past
  readonly now: Date
}

function addToChangelog({ files, inputs, at, version, tag, previous, past, now }: ChangelogFacts): {
  edits: Edit[]
  notes: string
  reason: string
} {
  const repositoryUrl = at.repository ? `${at.serverUrl}/${at.repository}` : undefined
  const rendered = renderSection(past.commits, repositoryUrl ? { repositoryUrl } : {})
  const path = posix.join(inputs.folder, inputs.changelog)
  const before = inputs.changelog ? files.read(path) : undefined
  if (before === undefined) return { edits: [], notes: rendered, reason: 'Made from the commits.' }
  const { text, section, changed, reason } = insertRelease(before, {
    version: version.text,
    date: now.toISOString().slice(0, 10),
    tag,
    ...(previous ? { previousTag: previous } : {}),
    ...(repositoryUrl ? { repositoryUrl } : {}),
    body: rendered,
  })
  const edits = changed ? [{ path, before, after: text }] : []
  return { edits, notes: section || rendered, reason }
}

/** Texts are looked at as they are going to be, so that what is edited does not count. */
function driftOf(
  files: ProjectFiles,
  { workspace, folder }: BumpInputs,
  current: CurrentVersion,
  past: Past,
  edits: readonly Edit[],
): readonly DriftPlace[] {
  const name = packageName(files.read, folder)
  return scanDrift({
    root: workspace,
    paths: files.tracked,
    planned: new Map(edits.map(({ path, after }) => [path, after])),
    current: current.version,
    released: past.versions,
    ...(name ? { names: [name] } : {}),
  })
}
