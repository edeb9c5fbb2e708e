import type { GitHubClient } from '@tokenledger/github'
import { tagTarget } from '@tokenledger/github'
import { type Git, UserError } from '@tokenledger/kit'
import { compareVersions, type TagFormat, type Version } from '@tokenledger/versioning'
import { type CurrentVersion, currentVersion } from './current-version.ts'
import { release } from './deliver.ts'
import type { BumpInputs } from './inputs.ts'
import type { Known } from './known.ts'
import type { ProjectFiles } from './project-files.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Mode tag: the version that was merged is tagged on the commit that brought it, and its release is started. A push that brings no
 * new version ends well and does nothing, so that it can run on every push.
 */
export async function tagMerged(
  git: Git,
  files: ProjectFiles,
  client: GitHubClient,
  format: TagFormat,
  inputs: BumpInputs,
  at: Surroundings,
  known: Known,
): Promise<void> {
  const current = currentVersion(files, inputs, process.env)
  const tag = format.tagOf(current.version)
  known.version = current.text
  const there = await tagTarget(client, at.repository, tag)
  if (there !== undefined && there !== at.sha) {
    known.changed = false
    known.reason = `${tag} is on ${there.slice(0, 7)} already; this push brings no new version.`
    return
  }
  if (there === undefined && at.event === 'push' && !(await bringsVersion(git, inputs, at, current))) {
    known.changed = false
    known.reason = `This push does not change the version, ${current.text} (${current.reason}). Start version-bump by hand with mode: tag to tag it all the same.`
    return
  }
  known.tag = tag
  known.changed = true
  known.reason = `${current.text} was merged (${current.reason}).`
  known.commit = { sha: at.sha, kind: 'already' }
  if (inputs.dryRun) return
  await release(client, { tag, sha: at.sha }, inputs, at, known)
}

/** Whether the tree before the push had another version: adopting this must not release what lies there untagged. */
async function bringsVersion(
  git: Git,
  inputs: BumpInputs,
  { before }: Surroundings,
  current: CurrentVersion,
): Promise<boolean> {
  if (before === undefined) return false
  if ((await git.read('cat-file', '-e', `${before}^{commit}`)) === undefined) {
    await git.fetch('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', before)
  }
  const texts = new Map<string, string | undefined>()
  for (const path of placesOf(current, inputs.folder)) {
    texts.set(path, await git.read('show', `${before}:${path}`))
  }
  const earlier = versionIn(path => texts.get(path), inputs)
  return earlier === undefined || compareVersions(earlier, current.version) !== 0
}

/** The files that hold the version, and those that name them. */
function placesOf({ sources, config }: CurrentVersion, folder: string): Set<string> {
  const naming = ['pyproject.toml', 'setup.cfg', 'setup.py', 'package.json', ...(config ? [config.path] : [])]
  const inFolder = naming.map(path => (folder ? `${folder}/${path}` : path))
  return new Set([...sources.map(({ path }) => path), ...inFolder])
}

/** Undefined where the version could not be read: then the push has mended that. */
function versionIn(read: ProjectFiles['read'], inputs: BumpInputs): Version | undefined {
  try {
    return currentVersion({ tracked: [], read }, inputs, {}).version
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
