import { ApiError, notFound } from './api-error.ts'
import { commitSha } from './routes/commits.ts'
import { now, type Pull, type World } from './world.ts'

/** Base and head as they are now, or as they were when the pull request was closed. */
export function shasOf(world: World, { closed, base, head }: Pull): readonly [string, string] {
  return closed ? [closed.base, closed.head] : [commitSha(world, base), commitSha(world, head)]
}

export function closePull(world: World, pull: Pull): void {
  const [base, head] = shasOf(world, pull)
  pull.closed = { base, head, at: now() }
  pull.state = 'closed'
}

export function reopenPull(world: World, pull: Pull): void {
  if (pull.mergeCommit || !world.git.ref(`refs/heads/${pull.head}`)) {
    throw new ApiError(422, 'Validation Failed', [
      { resource: 'PullRequest', code: 'invalid', field: 'state', message: 'state cannot be changed.' },
    ])
  }
  delete pull.closed
  pull.state = 'open'
}

/** GitHub closes the pull requests of a branch that has nothing to merge any more, such as one that was reset to its base. */
export function closeEmptyPulls(world: World, ref: string): void {
  for (const pull of ownPulls(world, ref)) {
    const [base, head] = shasOf(world, pull)
    if (world.git.isAncestor(head, base)) closePull(world, pull)
  }
}

/** To be called before the branch is deleted. */
export function closePullsOf(world: World, ref: string): void {
  for (const pull of ownPulls(world, ref)) closePull(world, pull)
}

function ownPulls({ records }: World, ref: string): Pull[] {
  return records.pulls.filter(
    ({ state, head, headRepository }) => state === 'open' && !headRepository && ref === `refs/heads/${head}`,
  )
}

/** `owner:branch` */
export function labelOf({ owner }: World, { headRepository, head }: Pull): string {
  return `${headRepository?.split('/')[0] ?? owner}:${head}`
}

/** The pull request of a number; 404 when there is none. */
export function pullOfNumber({ records }: World, number: string | undefined): Pull {
  const pull = records.pulls.find(each => `${each.number}` === number)
  if (!pull) throw notFound()
  return pull
}
