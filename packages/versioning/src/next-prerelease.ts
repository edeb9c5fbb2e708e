import { UserError } from '@tokenledger/kit'
import { bumped } from './next-release.ts'
import type { Step } from './next-version.ts'
import type { PrereleaseLabel, Version } from './version.ts'

const LABELS: readonly PrereleaseLabel[] = ['a', 'b', 'rc']
const PATCH = 2

/** Counts up within the label, or starts the next one at 1; the development of a prerelease ends in that prerelease. */
export function nextPrerelease(current: Version, shown: string, label: PrereleaseLabel | undefined): Step {
  const { epoch, release, pre, post, dev } = current
  if (!pre) return firstPrerelease(current, shown, label)
  if (label !== undefined && LABELS.indexOf(label) < LABELS.indexOf(pre.label)) {
    throw new UserError(
      `prerelease-label: ${label} would go down from ${shown}: the order is ${LABELS.join(', ')}. Leave it out, or set ${pre.label} or a later one.`,
    )
  }
  if (label !== undefined && label !== pre.label) {
    return {
      parts: { epoch, release, pre: { label, number: 1 } },
      reason: `the first ${label} after ${shown}`,
    }
  }
  if (dev !== undefined && post === undefined) {
    return { parts: { epoch, release, pre }, reason: `the prerelease that ${shown} leads to` }
  }
  const next = { label: pre.label, number: pre.number + 1 }
  return { parts: { epoch, release, pre: next }, reason: `the next ${pre.label} after ${shown}` }
}

/** Only the development of a release says which release a first prerelease would be of. */
function firstPrerelease(current: Version, shown: string, label: PrereleaseLabel | undefined): Step {
  const { epoch, release, post, dev } = current
  if (dev === undefined || post !== undefined) {
    throw new UserError(
      `${shown} is no prerelease that could be counted up. Use part: minor (or major, patch) with prerelease-label: ${label ?? 'rc'} for the first one of the next release.`,
    )
  }
  if (label === undefined) {
    throw new UserError(
      `${shown} has no prerelease label yet. Set prerelease-label to one of ${LABELS.join(', ')}.`,
    )
  }
  return { parts: { epoch, release, pre: { label, number: 1 } }, reason: `the first ${label} after ${shown}` }
}

/** The release that a prerelease leads to. */
export function released(current: Version, shown: string): Step {
  const { epoch, release, pre, post, dev } = current
  if (!pre && dev === undefined) {
    throw new UserError(`${shown} is final already. Use part: patch, minor or major.`)
  }
  const parts = pre || post === undefined ? { epoch, release } : { epoch, release, post }
  return { parts, reason: `the release that ${shown} leads to` }
}

/** PEP 440 allows a post release of a prerelease and strongly discourages it. */
export function nextPost(current: Version, shown: string): Step {
  const { epoch, release, pre, post, dev } = current
  if (pre || (dev !== undefined && post === undefined)) {
    throw new UserError(
      `${shown} is a prerelease, which gets no post release. Use part: prerelease for the next one, or part: finalize.`,
    )
  }
  const next = dev === undefined ? (post ?? 0) + 1 : post
  return {
    parts: { epoch, release, ...(next === undefined ? {} : { post: next }) },
    reason: `the next post release after ${shown}`,
  }
}

/** Development goes on: of the same version, of the prerelease after a prerelease, of the patch after a release. */
export function nextDev(current: Version, shown: string): Step {
  const { epoch, release, pre, post, dev } = current
  const reason = `the next development release after ${shown}`
  if (dev !== undefined) {
    const segments = { ...(pre ? { pre } : {}), ...(post === undefined ? {} : { post }) }
    return { parts: { epoch, release, ...segments, dev: dev + 1 }, reason }
  }
  if (pre) {
    return { parts: { epoch, release, pre: { label: pre.label, number: pre.number + 1 }, dev: 0 }, reason }
  }
  return { parts: { epoch, release: bumped(release, PATCH), dev: 0 }, reason }
}
