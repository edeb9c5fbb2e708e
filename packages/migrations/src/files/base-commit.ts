import { readFile } from 'node:fs/promises'
import type { ReadGit } from './git.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export type Base =
  | {
      /** Hash of the newest commit that both sides have. */
      readonly commit: string
      /** Hash of the newest commit of the other side. */
      readonly tip: string
      /** True when HEAD is about to be merged, so that a late file can still be renumbered without trouble. */
      readonly proposal: boolean
    }
  | { readonly reason: string; readonly mistake?: true }

interface Wanted {
  /** Revisions in order of preference. */
  readonly revisions: readonly string[]
  readonly proposal: boolean
  /** For the reason when none of them is there. */
  readonly name: string
  readonly explicit?: true
}

interface EventPayload {
  readonly before?: string
  readonly repository?: { readonly default_branch?: string }
  readonly pull_request?: { readonly base?: { readonly sha?: string } }
  readonly merge_group?: { readonly base_sha?: string }
}

/** What HEAD is compared with: what `baseRef` names, else what the event is about. Nothing is fetched. */
export async function findBase(git: ReadGit, baseRef: string, env: Environment): Promise<Base> {
  if ((await git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}')) === undefined) {
    return { reason: 'there is no git history here (no repository, no commit, or no git)' }
  }
  const wanted = baseRef ? explicit(baseRef) : await wantedBy(git, env)
  if ('reason' in wanted) return wanted
  for (const revision of wanted.revisions) {
    const tip = (await git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`))?.trim()
    const commit = tip && (await git('merge-base', tip, 'HEAD'))?.trim()
    if (tip && commit) return { commit, tip, proposal: wanted.proposal }
  }
  if ((await git('rev-parse', '--is-shallow-repository'))?.trim() === 'true') {
    return {
      reason: `the checkout is shallow and lacks ${wanted.name}. Set fetch-depth: 0 in actions/checkout`,
    }
  }
  const reason = `${wanted.name} is not in this clone, or shares no history with HEAD`
  return wanted.explicit ? { reason, mistake: true } : { reason }
}

/** A branch of the remote goes before a local one, which nobody may have updated for long. */
function explicit(baseRef: string): Wanted | { readonly reason: string; readonly mistake: true } {
  if (!/^[^-]/.test(baseRef)) return { reason: `"${baseRef}" is no branch, tag or commit`, mistake: true }
  return {
    revisions: [`refs/remotes/origin/${baseRef}`, baseRef],
    proposal: true,
    name: `base-ref "${baseRef}"`,
    explicit: true,
  }
}

async function wantedBy(git: ReadGit, env: Environment): Promise<Wanted | { readonly reason: string }> {
  const { GITHUB_EVENT_NAME: event = '', GITHUB_BASE_REF: baseBranch, GITHUB_REF_NAME: branch } = env
  const payload = await payloadOf(env)
  if (baseBranch) {
    return {
      revisions: [
        `refs/remotes/origin/${baseBranch}`,
        ...hash(payload.pull_request?.base?.sha),
        ...((await isMergeOfGitHub(git, env)) ? ['HEAD^1'] : []),
      ],
      proposal: true,
      name: `the base branch ${baseBranch}`,
    }
  }
  if (event === 'merge_group') {
    const revisions = hash(payload.merge_group?.base_sha)
    return { revisions, proposal: true, name: 'the base of the merge group' }
  }
  if (event !== 'push') {
    return {
      reason: `${event ? `the event ${event}` : 'a run outside of GitHub'} has no base; base-ref can name one`,
    }
  }
  const trunk = payload.repository?.default_branch
  // What is pushed to a branch beside the default one is not merged yet and may still be changed.
  if (trunk && branch !== trunk && env.GITHUB_REF_TYPE !== 'tag') {
    return { revisions: [`refs/remotes/origin/${trunk}`], proposal: false, name: `the branch ${trunk}` }
  }
  return {
    revisions: [...hash(payload.before), 'HEAD^1'],
    proposal: false,
    name: 'the commit before this push',
  }
}

/** GitHub checks out refs/pull/N/merge: a commit whose first parent is the base branch (events, `pull_request`). */
async function isMergeOfGitHub(
  git: ReadGit,
  { GITHUB_REF: ref = '', GITHUB_SHA: sha }: Environment,
): Promise<boolean> {
  if (!/^refs\/pull\/\d+\/merge$/.test(ref)) return false
  return (
    (await git('rev-parse', 'HEAD'))?.trim() === sha &&
    (await git('rev-parse', '--verify', 'HEAD^2')) !== undefined
  )
}

/** A payload's hash; that of the first push of a branch is zeros, which git does not find. */
function hash(value: string | undefined): string[] {
  return value && /^[0-9a-f]{40,64}$/.test(value) ? [value] : []
}

async function payloadOf({ GITHUB_EVENT_PATH: path }: Environment): Promise<EventPayload> {
  if (!path) return {}
  try {
    return JSON.parse(await readFile(path, 'utf8')) as EventPayload
  } catch {
    return {}
  }
}
