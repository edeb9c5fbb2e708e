import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type GitHubApi, startGitHubApi } from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import { copyCheckout } from '../staging/checkout-copy.ts'
import { git } from '../staging/git.ts'

export const REPOSITORY = 'org/tokenledger'

/** examples/tokenledger on GitHub: 0.1.0 is released, and a feature has come since. */
export interface ReleasedExample {
  readonly github: GitHubApi
  /** Path of the bare repository behind GitHub. */
  readonly bare: string
  /** A new clone that stands on a commit, a tag, or `origin/main`; gives its path. */
  clone(at: string): Promise<string>
}

export interface ExampleOptions {
  /** Root of this repository. */
  readonly ours: string
  /** Where the repositories go. */
  readonly folder: string
  /** Changes the files before they are committed; gets the path of the folder that holds them. */
  readonly edit?: ((folder: string) => void) | undefined
}

/** Commits the example as it is in this checkout and starts GitHub for it. GitHub ends with `cleanUp`. */
export async function releasedExample(
  { ours, folder, edit }: ExampleOptions,
  cleanUp: CleanUp,
): Promise<ReleasedExample> {
  const source = join(folder, 'source')
  await copyCheckout(join(ours, 'examples', 'tokenledger'), source)
  edit?.(source)
  const commit = (message: string) =>
    git(source, 'commit', '--quiet', '--no-gpg-sign', '--allow-empty', '--message', message)
  await git(source, 'add', '--all', '--force')
  await commit('feat: costs of a call')
  await git(source, 'tag', '--annotate', '--message', 'Release v0.1.0', 'v0.1.0')
  await commit('feat(dashboard): a page of costs by model (#3)')
  const bare = join(folder, 'origin.git')
  await git(folder, 'clone', '--quiet', '--bare', source, bare)
  // GitHub serves every commit by its SHA.
  await git(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const github = await startGitHubApi({ repository: REPOSITORY, git: bare })
  cleanUp.add(() => github.close())
  return { github, bare, clone: at => clone(bare, join(folder, `clone-${randomUUID()}`), at) }
}

async function clone(bare: string, folder: string, at: string): Promise<string> {
  await git(bare, 'clone', '--quiet', `file://${bare}`, folder)
  await git(folder, 'reset', '--quiet', '--hard', at)
  await git(folder, 'remote', 'set-url', 'origin', `https://github.com/${REPOSITORY}.git`)
  return folder
}
