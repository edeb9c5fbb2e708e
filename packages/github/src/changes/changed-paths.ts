import { type Git, gitAt } from '@tokenledger/kit'
import { bringBase } from './bring-base.ts'
import type { EventFacts } from './event.ts'
import { type Checkout, type Comparison, findBase, short } from './find-base.ts'
import { MOST_COMPARED, type RemoteChanges } from './remote-changes.ts'
import { readCheckout } from './tested-commit.ts'

export interface PathsRequest {
  /** Folder of the checkout. */
  readonly root: string
  readonly event: EventFacts
  /** For the one fetch that a checkout without credentials needs. */
  readonly token?: string | undefined
  /** GitHub's API, where there is a token; asked only for what git cannot tell. */
  readonly api?: RemoteChanges | undefined
}

/** The files that a change touches, or why nobody knows them all. */
export type ChangedPaths =
  | {
      readonly kind: 'known'
      /** Relative to the repository, ascending; what was renamed is there by both names. */
      readonly paths: readonly string[]
      /** How they were found, for people. */
      readonly source: string
    }
  | { readonly kind: 'unknown'; readonly reason: string }

/**
 * Every file that the tested tree has otherwise than its base, also in a checkout of depth 1. All or nothing: a list that may have
 * been cut off is unknown. Throws nothing for what git, GitHub or the network do.
 */
export async function changedPaths({ root, event, token, api }: PathsRequest): Promise<ChangedPaths> {
  const git = gitAt(root, { serverUrl: event.serverUrl, token })
  const checkout = await readCheckout(git, event, api)
  if ('failure' in checkout) return unknown(checkout.failure)
  const base = findBase(event, checkout, 'auto')
  if (base.kind === 'none') return unknown(base.reason)
  const byGit = await pathsByGit(git, base, checkout, api)
  if (byGit.kind === 'known' || !api) return byGit
  const byApi = await pathsByApi(api, base, checkout)
  return byApi.kind === 'known' ? byApi : unknown(`${byGit.reason}; API: ${byApi.reason}`)
}

async function pathsByGit(
  git: Git,
  base: Comparison,
  checkout: Checkout,
  api: RemoteChanges | undefined,
): Promise<ChangedPaths> {
  const found = await bringBase(git, base, checkout, api)
  if ('failure' in found) return unknown(`${base.name} is not in the checkout (${found.failure})`)
  // Plumbing, which no setting changes; a rename that is not looked for is one file less and one more.
  const options = ['-r', '-z', '--no-renames', '--name-only', '--ignore-submodules=none']
  const listed = await git.read('diff-tree', ...options, found.commit, 'HEAD')
  if (listed === undefined) return unknown(`git could not compare HEAD with ${base.name}`)
  const source = `git diff ${short(found.commit)}..${short(checkout.head)}, ${base.why}`
  return { kind: 'known', paths: listed.split('\0').filter(Boolean).sort(), source }
}

/** The list of the pull request's files would not do: it is of its newest head, whatever was tested, and not of a merge. */
async function pathsByApi(api: RemoteChanges, base: Comparison, { head }: Checkout): Promise<ChangedPaths> {
  const compared = await api.compare(base.revision, head)
  if ('failure' in compared) return unknown(compared.failure)
  if (compared.files.length >= MOST_COMPARED) return unknown(`more than ${MOST_COMPARED - 1} files`)
  const paths = compared.files.flatMap(({ path, before }) => (before === undefined ? [path] : [path, before]))
  const source = `GitHub's comparison ${short(compared.mergeBase)}...${short(head)}`
  return { kind: 'known', paths: [...new Set(paths)].sort(), source }
}

function unknown(reason: string): ChangedPaths & { kind: 'unknown' } {
  return { kind: 'unknown', reason }
}
