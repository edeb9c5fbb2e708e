import type { EventFacts } from './event.ts'

/** The commit that is checked out, as the commit itself says; a shallow clone does not have the parents that it names. */
export interface Checkout {
  readonly head: string
  readonly parents: readonly string[]
}

/** What the tested tree is a change against. */
export type Base = Comparison | { readonly kind: 'none'; readonly reason: string }

export interface Comparison {
  readonly kind: 'comparison'
  /** A hash, or what patch-base names. */
  readonly revision: string
  /** `ancestor`: its tree is compared with as it is. `fork-point`: the newest commit is that it has in common with HEAD. */
  readonly relation: 'ancestor' | 'fork-point'
  /** Names it in a failure: `parent 4c353ff`. */
  readonly name: string
  /** Whose changes these are, for a failure: `this pull request`. */
  readonly change: string
  /** The depth of a checkout that has it. */
  readonly depth: 0 | 2
  /** How people are told: `the merge commit against its first parent`. */
  readonly why: string
}

/** The pull request that is tested, with its head, and whether what is checked out is its merge with the base or that head. */
export interface TestedPull {
  readonly number: number | undefined
  readonly head: string
  readonly tested: 'merge' | 'head'
}

/** Decides what the tested tree is a change against: what `patchBase` names (`auto` or empty: nothing), else what the event is about. */
export function findBase(event: EventFacts, checkout: Checkout, patchBase: string): Base {
  if (patchBase !== '' && patchBase !== 'auto') return namedBase(event, checkout, patchBase)
  if (event.payload.pull_request) return pullRequestBase(event, checkout)
  if (event.name === 'merge_group') return mergeGroupBase(event)
  if (event.name === 'push') return pushBase(event)
  const what = event.name ? `the event ${event.name}` : 'a run outside of GitHub'
  return { kind: 'none', reason: `${what} is about no change` }
}

/** The pull request of the event, when it is what was checked out. */
export function testedPull(event: EventFacts, { head, parents }: Checkout): TestedPull | undefined {
  const { number, head: end } = event.payload.pull_request ?? {}
  const [, second] = parents
  if (end?.sha === head) return { number, head, tested: 'head' }
  if (parents.length !== 2 || second === undefined) return undefined
  // GitHub makes refs/pull/N/merge anew when the base moves, so its commit is trusted also before the payload's hash.
  const isMerge = second === end?.sha || (head === event.sha && /^refs\/pull\/\d+\/merge$/.test(event.ref))
  return isMerge ? { number, head: second, tested: 'merge' } : undefined
}

function pullRequestBase(event: EventFacts, checkout: Checkout): Base {
  const change = 'this pull request'
  const [parent = ''] = checkout.parents
  const base = hashIn(event.payload.pull_request?.base?.sha)
  const pull = testedPull(event, checkout)
  if (pull?.tested === 'merge') {
    const why = 'the merge commit against its first parent'
    const name = `parent ${short(parent)}`
    return { kind: 'comparison', revision: parent, relation: 'ancestor', name, change, depth: 2, why }
  }
  if (base === undefined) return { kind: 'none', reason: `the event names no base commit` }
  if (base === checkout.head || (event.name === 'pull_request_target' && event.sha === checkout.head)) {
    const reason = `the base branch is checked out, which has none of the pull request's changes`
    return { kind: 'none', reason }
  }
  const tested = pull ? 'the head of the pull request' : 'the checked-out commit'
  const why = `${tested} against where it left the base branch`
  return {
    kind: 'comparison',
    revision: base,
    relation: 'fork-point',
    name: `base ${short(base)}`,
    change,
    depth: 0,
    why,
  }
}

function mergeGroupBase({ payload }: EventFacts): Base {
  const base = hashIn(payload.merge_group?.base_sha)
  if (base === undefined) return { kind: 'none', reason: `the merge group names no base` }
  const why = 'the merge group against its base'
  const name = `base ${short(base)}`
  return {
    kind: 'comparison',
    revision: base,
    relation: 'ancestor',
    name,
    change: 'this merge group',
    depth: 0,
    why,
  }
}

function pushBase({ ref, payload }: EventFacts): Base {
  const before = hashIn(payload.before)
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, '')
  if (ref.startsWith('refs/tags/')) return { kind: 'none', reason: `the tag ${branch} was pushed` }
  if (before === undefined) {
    return { kind: 'none', reason: `this is the first push of the branch ${branch}` }
  }
  if (payload.forced) {
    const reason = `the push was forced, so that the commit before it (${short(before)}) is no ancestor`
    return { kind: 'none', reason }
  }
  const why = 'what was pushed against the commit before'
  const name = `the commit before, ${short(before)},`
  return {
    kind: 'comparison',
    revision: before,
    relation: 'ancestor',
    name,
    change: 'this push',
    depth: 0,
    why,
  }
}

function namedBase(event: EventFacts, { parents }: Checkout, revision: string): Comparison {
  return {
    kind: 'comparison',
    revision,
    relation: parents.includes(revision) ? 'ancestor' : 'fork-point',
    name: `patch-base "${revision}"`,
    change: event.payload.pull_request ? 'this pull request' : 'this commit',
    depth: 0,
    why: `against patch-base "${revision}"`,
  }
}

/** A hash of an event's payload; zeros stand for no commit. */
function hashIn(value: string | undefined): string | undefined {
  return value !== undefined && /^[0-9a-f]{40,64}$/.test(value) && !/^0+$/.test(value) ? value : undefined
}

/** The first 7 digits of a hash; anything else stays. */
export function short(revision: string): string {
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 7) : revision
}
