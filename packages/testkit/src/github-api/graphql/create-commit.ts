import type { Ref } from '../git-store.ts'
import { nodeId } from '../models.ts'
import { FORBIDDEN, isGranted } from '../permissions.ts'
import { closeEmptyPulls } from '../pull-state.ts'
import { violatedRule } from '../ref-rules.ts'
import { now, type World } from '../world.ts'
import { GraphQLRefusal } from './refusal.ts'

/** `CreateCommitOnBranchInput` */
export interface CommitInput {
  readonly branch: {
    readonly id?: string
    readonly repositoryNameWithOwner?: string
    readonly branchName?: string
  }
  readonly clientMutationId?: string
  readonly expectedHeadOid: string
  readonly message: { readonly headline: string; readonly body?: string }
  readonly fileChanges?: {
    readonly additions: readonly { readonly path: string; readonly contents: string }[]
    readonly deletions: readonly { readonly path: string }[]
  }
}

/**
 * What the mutation of this name does: a commit on top of the branch, by the token's owner, signed by GitHub. It knows no
 * file modes: whatever a file was before, it is a plain one after.
 */
export function createCommit(world: World, input: CommitInput): { ref: Ref; sha: string } {
  const { git, settings, records } = world
  if (!isGranted(settings.permissions, 'contents', 'write')) throw new GraphQLRefusal('FORBIDDEN', FORBIDDEN)
  const ref = branchOf(world, input)
  const {
    expectedHeadOid,
    message,
    fileChanges: { additions, deletions } = { additions: [], deletions: [] },
  } = input
  if (ref.sha !== expectedHeadOid) {
    throw new GraphQLRefusal(
      'STALE_DATA',
      `Expected branch to point to "${expectedHeadOid}" but it did not. Pull and try again.`,
    )
  }
  const rule = violatedRule(world, ref.name)
  if (rule) throw new GraphQLRefusal('UNPROCESSABLE', rule)
  for (const { path } of deletions) {
    if (git.try('cat-file', '-e', `${ref.sha}:${path}`) !== undefined) continue
    throw new GraphQLRefusal(
      'UNPROCESSABLE',
      `A path was requested for deletion which does not exist as of commit oid \`${ref.sha}\``,
    )
  }
  const date = now()
  const sha = git.newCommit({
    ref: ref.name,
    parent: ref.sha,
    message: message.body ? `${message.headline}\n\n${message.body}` : message.headline,
    author: {
      name: 'github-actions[bot]',
      email: '41898282+github-actions[bot]@users.noreply.github.com',
      date,
    },
    committer: { name: 'GitHub', email: 'noreply@github.com', date },
    additions: additions.map(({ path, contents }) => ({ path, content: Buffer.from(contents, 'base64') })),
    deletions: deletions.map(({ path }) => path),
  })
  if (settings.signsCommits) records.signedCommits.add(sha)
  closeEmptyPulls(world, ref.name)
  return { ref: { ...ref, sha }, sha }
}

/** The branch by its node id, or by repository and name; `refs/heads/` before the name may be left out. */
function branchOf({ git, owner, name }: World, { branch }: CommitInput): Ref {
  const { id, repositoryNameWithOwner = '', branchName = '' } = branch
  const full = `refs/heads/${branchName.replace(/^refs\/heads\//, '')}`
  const here = repositoryNameWithOwner.toLowerCase() === `${owner}/${name}`.toLowerCase()
  const found = id
    ? git.refs('refs/heads/').find(ref => nodeId('Ref', ref.name) === id)
    : here
      ? git.ref(full)
      : undefined
  if (!found)
    throw new GraphQLRefusal('NOT_FOUND', `Could not resolve to a Branch with the name '${branchName}'.`)
  return found
}
