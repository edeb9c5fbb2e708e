import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  commitOnBranch,
  dispatchWorkflow,
  ensureTag,
  type GitHubClient,
  headOf,
  proposeCommit,
  tagExists,
  upsertPull,
} from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import type { BumpInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { messageOf, titleOf, trailerOf } from './message.ts'
import type { Plan } from './plan.ts'
import { pullRequestBody } from './pull-request-body.ts'
import type { Surroundings } from './surroundings.ts'

type Bump = Extract<Plan, { kind: 'bump' }>

/** Marks the pull requests of releases, so that an older one can be told from others. */
const LABEL = 'release'

/** Opens the pull request of a version, or brings it up to date; those of other versions are closed. */
export async function deliverPullRequest(
  client: GitHubClient,
  bump: Bump,
  inputs: BumpInputs,
  at: Surroundings,
  known: Known,
): Promise<void> {
  await requireHead(client, at)
  const branch = inputs.branch.replaceAll('{tag}', bump.tag)
  const commit = await proposeCommit(client, {
    repository: at.repository,
    branch,
    base: at.sha,
    ...contentOf(bump),
  })
  known.commit = commit
  const isRelease = branchPattern(inputs.branch)
  const pull = await upsertPull(client, {
    repository: at.repository,
    head: branch,
    base: at.base,
    title: titleOf(bump),
    body: pullRequestBody(bump, at),
    labels: [LABEL],
    closeOlder: ({ head, labels }) => labels.includes(LABEL) && isRelease.test(head),
  })
  known.pull = pull
  known.closed = pull.closed
  if (pull.labelProblem) known.warnings.push(pull.labelProblem)
}

/** Commits on the base branch itself, tags that commit and starts the release. */
export async function deliverCommit(
  client: GitHubClient,
  bump: Bump,
  inputs: BumpInputs,
  at: Surroundings,
  known: Known,
): Promise<void> {
  const commit = await commitOnBranch(client, {
    repository: at.repository,
    branch: at.base,
    expectedHead: at.sha,
    ...contentOf(bump),
  })
  known.commit = commit
  await release(client, { tag: bump.tag, sha: commit.sha }, inputs, at, known)
}

/** Tags a commit and starts the release there; what is done already stays as it is. */
export async function release(
  client: GitHubClient,
  { tag, sha }: { readonly tag: string; readonly sha: string },
  { releaseWorkflow }: Pick<BumpInputs, 'releaseWorkflow'>,
  { repository }: Pick<Surroundings, 'repository'>,
  known: Known,
): Promise<void> {
  const outcome = await ensureTag(client, { repository, tag, sha, message: `Release ${tag}` })
  if (outcome.kind === 'conflict') throw tagExists(tag, outcome.sha)
  known.tagged = outcome.kind
  if (!releaseWorkflow) return
  known.release = await dispatchWorkflow(client, { repository, file: releaseWorkflow, ref: tag })
}

/** Writes the files into the checkout: all of them, or none when one cannot be written. */
export function deliverFiles({ edits }: Pick<Bump, 'edits'>, { workspace }: BumpInputs, known: Known): void {
  const suffix = `.version-bump-${process.pid}`
  for (const { path, after } of edits) writeFileSync(join(workspace, path) + suffix, after)
  for (const { path } of edits) renameSync(join(workspace, path) + suffix, join(workspace, path))
  known.written = edits.map(({ path }) => path)
}

function contentOf(bump: Bump) {
  return {
    message: messageOf(bump),
    trailer: trailerOf(bump),
    additions: bump.edits.map(({ path, after }) => ({ path, content: after })),
    deletions: [],
  }
}

/** A pull request on an old base would release without what has come since. */
async function requireHead(client: GitHubClient, { repository, base, sha }: Surroundings): Promise<void> {
  const head = await headOf(client, repository, base)
  if (head?.sha === sha) return
  throw new UserError(
    `BUMP_STALE: ${base} moved from ${sha} to ${head?.sha ?? 'nowhere'} while bumping; start version-bump again`,
  )
}

function branchPattern(branch: string): RegExp {
  const parts = branch.split('{tag}').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.+')}$`)
}
