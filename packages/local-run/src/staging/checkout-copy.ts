import { cp, lstat, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { git, tryGit } from './git.ts'
import type { Committed } from './pull-request.ts'

export interface CheckoutCopy {
  readonly folder: string
  /** `owner/name` from origin, or `local/<folder>`. */
  readonly repository: string
  readonly branch: string
  readonly defaultBranch: string
  /** Tip of the default branch, where the checkout stands on another one. */
  readonly baseTip: string | undefined
}

/**
 * Copies what git would know of a checkout (tracked files as they are now, untracked ones that are not ignored) to
 * `target`, with the history when the checkout is a repository of its own. Jobs work on the copy, so nothing is
 * written into the user's tree. {@link commitAll} makes the commit.
 */
export async function copyCheckout(source: string, target: string): Promise<CheckoutCopy> {
  const top = await tryGit(source, 'rev-parse', '--show-toplevel')
  const isOwn = top !== undefined && (await realpath(top)) === (await realpath(source))
  const hasHistory = isOwn && (await tryGit(source, 'rev-parse', '--verify', 'HEAD')) !== undefined
  const branch = (isOwn && (await tryGit(source, 'symbolic-ref', '--short', 'HEAD'))) || 'main'
  const origin = isOwn ? await tryGit(source, 'remote', 'get-url', 'origin') : undefined
  const repository = repositoryOf(origin) ?? `local/${basename(await realpath(source))}`

  await mkdir(dirname(target), { recursive: true })
  if (hasHistory) await git(source, 'clone', '--quiet', '--shared', '--no-checkout', source, target)
  else await git(dirname(target), 'init', '--quiet', '--initial-branch', branch, target)
  await git(target, 'config', 'core.hooksPath', join(target, '.git', 'no-hooks'))
  await tryGit(target, 'remote', 'remove', 'origin')
  await git(target, 'remote', 'add', 'origin', `https://github.com/${repository}.git`)
  if (hasHistory) await standOn(target, branch)
  await copyFiles(source, target, await listFiles(source, top !== undefined))
  const defaultBranch = await defaultBranchOf(source, isOwn)
  const baseTip = hasHistory ? await baseTipOf(source, branch, defaultBranch) : undefined
  return { folder: target, repository, branch, defaultBranch, baseTip }
}

/** Puts the copy on a branch also when the checkout stands on a bare commit, as act takes the ref from there. */
async function standOn(copy: string, branch: string): Promise<void> {
  await git(copy, 'update-ref', `refs/heads/${branch}`, await git(copy, 'rev-parse', 'HEAD'))
  await git(copy, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`)
  await git(copy, 'read-tree', 'HEAD')
}

/** Commits everything in a copy, whatever its ignore file says. */
export async function commitAll({ folder }: CheckoutCopy): Promise<Committed> {
  await git(folder, 'add', '--all', '--force')
  const isClean = await tryGit(folder, 'diff', '--cached', '--quiet', 'HEAD')
  if (isClean === undefined)
    await git(
      folder,
      'commit',
      '--quiet',
      '--no-gpg-sign',
      '--allow-empty',
      '-m',
      'Working tree of a local run',
    )
  const sha = await git(folder, 'rev-parse', 'HEAD')
  return { sha, before: await tryGit(folder, 'rev-parse', '--verify', 'HEAD~1') }
}

/** `owner/name` of a GitHub address in any of its spellings. */
export function repositoryOf(origin: string | undefined): string | undefined {
  return /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(origin ?? '')?.[1]
}

async function defaultBranchOf(source: string, isOwn: boolean): Promise<string> {
  const head = isOwn ? await tryGit(source, 'symbolic-ref', '--short', 'refs/remotes/origin/HEAD') : undefined
  return head?.replace(/^origin\//, '') ?? 'main'
}

async function baseTipOf(source: string, branch: string, base: string): Promise<string | undefined> {
  if (branch === base) return undefined
  const upstream = await tryGit(source, 'rev-parse', '--verify', `refs/remotes/origin/${base}`)
  return upstream ?? (await tryGit(source, 'rev-parse', '--verify', `refs/heads/${base}`))
}

async function listFiles(source: string, isInRepository: boolean): Promise<string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  if (isInRepository) return split(await git(source, ...args))
  // Without a repository git still knows ignore files, given an empty one elsewhere.
  const empty = await mkdtemp(join(tmpdir(), 'git-'))
  try {
    await git(empty, 'init', '--quiet', '--bare')
    return split(await git(source, `--git-dir=${empty}`, `--work-tree=${source}`, ...args))
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
}

function split(output: string): string[] {
  return output.split('\0').filter(Boolean)
}

async function copyFiles(source: string, target: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const stats = await lstat(join(source, file)).catch(() => undefined)
    // A deleted file is still in the index; a directory is a submodule, whose content is not this repository's.
    if (!stats || stats.isDirectory()) continue
    await cp(join(source, file), join(target, file), { verbatimSymlinks: true })
  }
}
