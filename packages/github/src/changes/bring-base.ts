import type { Git } from '@tokenledger/kit'
import type { Checkout, Comparison } from './find-base.ts'
import type { RemoteChanges } from './remote-changes.ts'

/** A commit that is in the clone now. */
export type Found =
  | { readonly commit: string }
  | { readonly failure: string; readonly missing: 'commit' | 'fork-point' }

/**
 * Brings the commit to compare with into the clone, with one that is only wished for (the head of a pull request) in the same
 * fetch. A shallow clone gets single commits; where two branches parted it cannot know, so GitHub is asked.
 */
export async function bringBase(
  git: Git,
  base: Comparison,
  { head, parents }: Checkout,
  api: RemoteChanges | undefined,
  wish?: string,
): Promise<Found> {
  const brought = await bring(git, base.revision, wish)
  if (base.relation === 'ancestor') return brought
  if ('commit' in brought) {
    if (brought.commit === head || parents.includes(brought.commit)) return brought
    const fork = (await git.read('merge-base', brought.commit, 'HEAD'))?.trim()
    if (fork) return { commit: fork }
  }
  const compared = await api?.compare('commit' in brought ? brought.commit : base.revision, head)
  if (compared && !('failure' in compared)) return bring(git, compared.mergeBase)
  if ('failure' in brought) return brought
  return { failure: compared?.failure ?? 'no github-token', missing: 'fork-point' }
}

/** A commit by its hash, or by what patch-base names: the remote's branch before a local one, which may be old. */
async function bring(git: Git, revision: string, wish?: string): Promise<Found> {
  const here = await resolve(git, revision)
  const missing = [
    ...(here === undefined ? [revision] : []),
    ...(wish !== undefined && (await resolve(git, wish)) === undefined ? [wish] : []),
  ]
  if (missing.length === 0) return { commit: here ?? '' }
  const together = await fetchCommits(git, missing)
  if (here !== undefined) return { commit: here }
  const fetched = 'failure' in together && missing.length > 1 ? await fetchCommits(git, [revision]) : together
  if ('failure' in fetched) return { ...fetched, missing: 'commit' }
  const commit = (await resolve(git, revision)) ?? (await git.read('rev-parse', 'FETCH_HEAD'))?.trim()
  return commit ? { commit } : { failure: 'the server does not have it', missing: 'commit' }
}

async function resolve(git: Git, revision: string): Promise<string | undefined> {
  const names = /^[0-9a-f]{40,64}$/.test(revision)
    ? [revision]
    : [`refs/remotes/origin/${revision}`, revision]
  for (const name of names) {
    const commit = await git.read('rev-parse', '--verify', '--quiet', `${name}^{commit}`)
    if (commit) return commit.trim()
  }
  return undefined
}

/** `--depth` on a whole clone would cut its history off, and that of every later step. */
async function fetchCommits(git: Git, revisions: readonly string[]) {
  const shallow = (await git.read('rev-parse', '--is-shallow-repository'))?.trim() === 'true'
  const options = ['--quiet', '--no-tags', '--no-recurse-submodules', ...(shallow ? ['--depth=1'] : [])]
  return git.fetch('fetch', ...options, 'origin', ...revisions)
}
