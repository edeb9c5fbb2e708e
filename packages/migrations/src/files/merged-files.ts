import { readFile } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import type { Problem } from '../problem.ts'
import type { ProjectPlace } from '../tool.ts'
import { isAccepted } from './accepted.ts'
import { type Base, type Environment, findBase } from './base-commit.ts'
import { checksumOf } from './file-text.ts'
import { items, type ReadGit, readGitAt } from './git.ts'
import { inWords, lastChange } from './git-history.ts'
import { folderPath } from './migration-folder.ts'
import { type MeaningOfName, meaningOf } from './migration-names.ts'

/** How a folder of migrations differs from what is merged already. */
export interface MergedFilesReport {
  /** Hash of the commit that was compared with; absent when there is none, and then `reason` says why. */
  readonly base?: string
  /** Migration files that the base does not have; paths relative to the checkout. */
  readonly newPaths?: ReadonlySet<string>
  /** Merged files that were edited, renamed or deleted, and new files with a version below a merged one. */
  readonly problems: readonly Problem[]
  /** Why nothing was compared, and how to make it possible. */
  readonly reason?: string
}

export interface MergedFilesOptions {
  readonly outOfOrder?: 'error' | 'allow'
  /** The input accept-checksum: an accepted edit is no problem. */
  readonly accepted?: ReadonlyMap<string, string>
  /** GitHub's variables; those of this process when absent. */
  readonly env?: Environment
}

interface Change {
  /** git's letter: A added, D deleted, M modified, T another type, R renamed. */
  readonly status: string
  readonly path: string
  readonly renamedTo?: string
}

type Place = ProjectPlace & { readonly git: ReadGit; readonly folder: string }

/**
 * Compares a folder of migrations with what is merged: `baseRef`, else the base of the pull request or of the push
 * (see {@link findBase}). Databases have what is merged, so that stays as it is. Fetches nothing; where the base is
 * not in the clone, nothing is a problem and `reason` says so.
 */
export async function changedMergedFiles(
  place: ProjectPlace,
  directory: string,
  baseRef = '',
  options: MergedFilesOptions = {},
): Promise<MergedFilesReport> {
  const git = readGitAt(place.root)
  const base = await findBase(git, baseRef, options.env ?? process.env)
  if ('reason' in base) return withoutBase(base)
  const here: Place = { ...place, git, folder: folderPath(place, directory) }
  const changes = await changesSince(here, base.commit)
  const added = [...changes.flatMap(target), ...(await untracked(here))].filter(path => isIn(here, path))
  const edited: Problem[] = []
  for (const change of changes) edited.push(...(await problemOf(here, base.commit, change, options)))
  const late =
    base.proposal && options.outOfOrder !== 'allow' ? await lateFiles(here, base.tip, changes, added) : []
  return { base: base.commit, newPaths: new Set(added), problems: [...edited, ...late] }
}

function withoutBase({ reason, mistake }: Extract<Base, { reason: string }>): MergedFilesReport {
  return mistake
    ? { problems: [{ message: `Input base-ref cannot be used: ${reason}.` }] }
    : { problems: [], reason: `Merged migrations were not compared: ${reason}.` }
}

/** The base against the work tree, since that is what will be run. */
async function changesSince({ git, folder }: Place, commit: string): Promise<Change[]> {
  const output = await git(
    ...['diff', '--name-status', '-z', '-M', '--no-ext-diff', '--no-textconv', '--relative'],
    ...[commit, '--', folder || '.'],
  )
  const changes: Change[] = []
  const fields = items(output).values()
  for (const status of fields) {
    const path = fields.next().value ?? ''
    const renamedTo = /^[RC]/.test(status) ? fields.next().value : undefined
    changes.push({ status: status.charAt(0), path, ...(renamedTo === undefined ? {} : { renamedTo }) })
  }
  return changes
}

function target({ status, path, renamedTo }: Change): string[] {
  if (status === 'A') return [path]
  return renamedTo === undefined ? [] : [renamedTo]
}

async function untracked({ git, folder }: Place): Promise<string[]> {
  return items(await git('ls-files', '-z', '--others', '--exclude-standard', '--', folder || '.'))
}

function isIn({ folder }: Place, path: string): boolean {
  const parent = posix.dirname(path) === '.' ? '' : posix.dirname(path)
  return parent === folder && meaningOf(basename(path)).kind === 'migration'
}

async function problemOf(
  place: Place,
  commit: string,
  { status, path, renamedTo }: Change,
  { accepted }: MergedFilesOptions,
): Promise<Problem[]> {
  if (!isIn(place, path) || status === 'A') return []
  if (renamedTo !== undefined) {
    const to = isIn(place, renamedTo) ? basename(renamedTo) : renamedTo
    return [
      { path: renamedTo, message: `was merged as ${basename(path)} and is renamed to ${to}. Name it back.` },
    ]
  }
  if (status === 'D') {
    const when = inWords(await lastChange(place, path), 'deleted')
    const message = `${path} is merged and deleted${when ? ` (${when})` : ''}. Restore it; a new file can undo what it does.`
    return [{ message }]
  }
  const [before, now] = await Promise.all([
    place.git('cat-file', 'blob', `${commit}:./${path}`),
    readFile(join(place.root, path), 'utf8').catch(() => ''),
  ])
  const checksum = checksumOf(withoutMark(now))
  if (before !== undefined && checksumOf(withoutMark(before)) === checksum) return []
  if (isAccepted(accepted, basename(path), checksum)) return []
  const when = inWords(await lastChange(place, path), 'last changed')
  const message = `is merged and was changed${when ? ` (${when})` : ''}. Databases that have it do not get the change: restore it and add a new file.`
  return [{ path, message }]
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

type Numbered = Extract<MeaningOfName, { kind: 'migration' }>

function numbered(path: string): Numbered[] {
  const meaning = meaningOf(basename(path))
  return meaning.kind === 'migration' ? [meaning] : []
}

/** New files whose version does not come after all that are merged at the tip, which may be ahead of this checkout. */
async function lateFiles(
  { git, folder }: Place,
  tip: string,
  changes: readonly Change[],
  added: readonly string[],
): Promise<Problem[]> {
  const names = items(await git('ls-tree', '-z', '--name-only', tip, `./${folder ? `${folder}/` : ''}`))
  const merged = names.flatMap(numbered).sort((a, b) => (a.version < b.version ? -1 : 1))
  const newest = merged.at(-1)
  const moved = new Set(changes.map(({ renamedTo }) => renamedTo))
  return added.flatMap(path => {
    const [file] = moved.has(path) ? [] : numbered(path)
    if (!file || !newest || file.version > newest.version) return []
    const same = merged.find(({ version }) => version === file.version)
    if (same?.name === file.name) return []
    if (same) {
      const message = `Version ${file.label} is used twice: ${path} is new, and ${same.name}.sql is merged. Renumber the new one.`
      return [{ path, message }]
    }
    const message = `is new and comes before ${newest.name}.sql, which is merged. Renumber it after ${newest.label}, or set out-of-order: allow.`
    return [{ path, message }]
  })
}
