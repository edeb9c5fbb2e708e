import { UserError } from '@tokenledger/kit'

/** The part of a workflow's event payload that an upload needs. */
export interface WorkflowEvent {
  readonly pull_request?: PullRequest | undefined
  readonly repository?: { readonly private?: boolean } | undefined
}

interface PullRequest {
  readonly number: number
  readonly head: PullRequestSide
  readonly base: PullRequestSide
}

interface PullRequestSide {
  readonly sha: string
  readonly ref: string
  /** `owner:branch` */
  readonly label?: string | undefined
  /** Null when the fork is gone. */
  readonly repo?: { readonly full_name: string } | null | undefined
}

/** Whose coverage it is, in the words of Codecov. */
export interface Identity {
  /** The event's name, for messages. */
  readonly event: string
  readonly service: 'github' | 'github_enterprise'
  /** `owner/name` of the repository that the run belongs to; of the base for a pull request. */
  readonly slug: string
  /** 40 hex digits; the head of a pull request, never its merge commit. */
  readonly commit: string
  readonly pull: string | null
  /** `owner:branch` for a fork, null for a tag. */
  readonly branch: string | null
  readonly isFork: boolean
  readonly isPrivate: boolean
  readonly ciUrl: string
  readonly jobCode: string | null
  readonly name: string | null
}

type Env = Readonly<Record<string, string | undefined>>

/** Codecov's column for a name holds so many characters; a longer one is answered with 400. */
const MOST_NAME_CHARACTERS = 100

/**
 * Whose coverage this job uploads, from the runner's environment and the payload in GITHUB_EVENT_PATH. `name` is the
 * upload's name, `"{workflow} - {job}"` when it is empty. The rules are those of codecov-cli 11.3.1 for GitHub Actions; the
 * commit of a pull request comes from the payload, so it does not depend on the depth of the checkout.
 *
 * Throws a UserError when a pull request's event names no head commit.
 */
export function identityOf(env: Env, event: WorkflowEvent, name = ''): Identity {
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  const slug = env.GITHUB_REPOSITORY ?? ''
  const eventName = env.GITHUB_EVENT_NAME ?? ''
  return {
    event: eventName,
    service: new URL(server).hostname === 'github.com' ? 'github' : 'github_enterprise',
    slug,
    ...commitOf(env, event, eventName),
    isPrivate: event.repository?.private ?? false,
    ciUrl: `${server}/${slug}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
    jobCode: env.GITHUB_WORKFLOW || null,
    name: cut(name || [env.GITHUB_WORKFLOW, env.GITHUB_JOB].filter(Boolean).join(' - ')),
  }
}

function commitOf(
  env: Env,
  { pull_request: pull }: WorkflowEvent,
  eventName: string,
): Pick<Identity, 'commit' | 'pull' | 'branch' | 'isFork'> {
  if (pull?.head?.sha) {
    const isFork = isOfFork(pull)
    const branch = isFork ? labelOf(pull.head) : env.GITHUB_HEAD_REF || pull.head.ref
    return { commit: pull.head.sha, pull: String(pull.number), branch, isFork }
  }
  // GITHUB_SHA would be the merge commit here, which Codecov has never seen.
  if (eventName.startsWith('pull_request')) {
    throw new UserError(
      `The payload of this ${eventName} event names no head commit (pull_request.head.sha), so Codecov cannot be told what was covered. Keep GITHUB_EVENT_PATH as the runner sets it.`,
    )
  }
  return {
    commit: env.GITHUB_SHA ?? '',
    pull: null,
    branch: branchOfRef(env.GITHUB_REF ?? ''),
    isFork: false,
  }
}

/** A fork's repository that was deleted meanwhile is null. */
function isOfFork({ head, base }: PullRequest): boolean {
  return head.repo?.full_name !== base.repo?.full_name
}

function labelOf({ label, repo, ref }: PullRequestSide): string {
  if (label?.includes(':')) return label
  return `${repo?.full_name.split('/')[0] ?? 'unknown'}:${ref}`
}

/** `refs/heads/x` → `x`; a merge queue's branch → the branch that it merges into; anything else, as a tag → null. */
function branchOfRef(ref: string): string | null {
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  if (!branch) return null
  return /^gh-readonly-queue\/(.+)\/[^/]+$/.exec(branch)?.[1] ?? branch
}

function cut(name: string): string | null {
  return [...name].slice(0, MOST_NAME_CHARACTERS).join('') || null
}
