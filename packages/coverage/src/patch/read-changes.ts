import {
  bringBase,
  type Checkout,
  type Comparison,
  type EventFacts,
  findBase,
  type RemoteChanges,
  readCheckout,
  short,
  type TestedPull,
  testedPull,
} from '@tokenledger/github/changes'
import { type Git, gitAt, UserError } from '@tokenledger/kit'
import { changesByApi } from './api-changes.ts'
import { blobsOf } from './blobs.ts'
import type { Changes } from './changes.ts'
import { changedLines, diffFromHead } from './git-changes.ts'
import { type HeadLine, headLinesByApi, headLinesByDiff, SAME_LINES, UNKNOWN_LINES } from './head-lines.ts'
import { type Trouble, unreadable } from './unreadable.ts'

export interface ChangesRequest {
  /** Folder of the checkout. */
  readonly root: string
  /** Input patch-base: `auto`, or a branch, tag or commit. */
  readonly patchBase: string
  readonly event: EventFacts
  /** Input github-token: for the one fetch that a checkout without credentials needs. */
  readonly token?: string | undefined
  /** GitHub's API, where there is a token; asked only for what git cannot tell. */
  readonly api?: RemoteChanges | undefined
  /** Whether the reports measure a file: others are not worth a note when their lines cannot be had. */
  isMeasured(path: string): boolean
}

export type ReadChanges =
  | { readonly kind: 'changes'; readonly changes: Changes }
  | { readonly kind: 'none'; readonly reason: string }

/**
 * The lines that the tested tree adds or edits, exactly, also in a checkout of depth 1: the base is fetched as a single commit
 * where it lacks. Throws a UserError when there are changes that neither git nor the API can tell.
 */
export async function readChanges(request: ChangesRequest): Promise<ReadChanges> {
  const { event, api, patchBase } = request
  if (patchBase.startsWith('-')) {
    throw new UserError(`Input patch-base is "${patchBase}"; give "auto", or a branch, tag or commit.`)
  }
  const git = await gitAtTop(request)
  const checkout = await readCheckout(git, event, api)
  const base = findBase(event, 'failure' in checkout ? { head: event.sha, parents: [] } : checkout, patchBase)
  if (base.kind === 'none') {
    return { kind: 'none', reason: `${base.reason}; patch-base can name what to compare with` }
  }
  if ('failure' in checkout) throw unreadable(base, { missing: 'commit', git: checkout.failure })
  const changes = await changesOf(request, git, checkout, base)
  const notComparable = [...changes.notComparable].filter(([path]) => request.isMeasured(path))
  return { kind: 'changes', changes: { ...changes, notComparable: new Map(notComparable) } }
}

/** What changes how a diff looks, whatever the checkout has for it. */
const OF_DIFFS = ['core.quotePath=true', 'diff.renameLimit=5000']

/** Paths in diffs, and those that narrow them, are then relative to the same folder. */
async function gitAtTop({ root, event, token }: ChangesRequest): Promise<Git> {
  const credentials = { serverUrl: event.serverUrl, token }
  const top = await gitAt(root, credentials).read('rev-parse', '--show-toplevel')
  return gitAt(top?.replace(/\r?\n$/, '') || root, credentials, OF_DIFFS)
}

async function changesOf(
  request: ChangesRequest,
  git: Git,
  checkout: Checkout,
  base: Comparison,
): Promise<Changes> {
  const pull = testedPull(request.event, checkout)
  const byGit = await changesByGit(request, git, checkout, base, pull)
  if (!('missing' in byGit)) return byGit
  if (!request.api) throw unreadable(base, byGit)
  const blobOf = await blobsOf(git, request.root)
  const byApi = await changesByApi(request.api, base, checkout.head, pull, blobOf)
  if ('failure' in byApi) throw unreadable(base, { ...byGit, api: byApi.failure })
  return byApi
}

async function changesByGit(
  { api, isMeasured }: ChangesRequest,
  git: Git,
  checkout: Checkout,
  base: Comparison,
  pull: TestedPull | undefined,
): Promise<Changes | Trouble> {
  const merged = pull?.tested === 'merge' ? pull.head : undefined
  const found = await bringBase(git, base, checkout, api, merged)
  if ('failure' in found) return { missing: found.missing, git: found.failure }
  const files = await changedLines(git, found.commit, isMeasured)
  if ('failure' in files) return { missing: 'diff', git: files.failure }
  return {
    files,
    source: `git diff ${short(found.commit)}..${short(checkout.head)}, ${base.why}`,
    base: found.commit,
    notComparable: new Map(),
    headLine:
      merged === undefined ? SAME_LINES : await headLines(git, api, merged, checkout, [...files.keys()]),
  }
}

async function headLines(
  git: Git,
  api: RemoteChanges | undefined,
  merged: string,
  { head }: Checkout,
  paths: readonly string[],
): Promise<HeadLine> {
  const diff = await diffFromHead(git, merged, paths)
  if (diff) return headLinesByDiff(diff)
  const brought = await api?.compare(merged, head)
  return !brought || 'failure' in brought ? UNKNOWN_LINES : headLinesByApi(brought.files)
}
