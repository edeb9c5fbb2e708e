import type { Links } from '@tokenledger/coverage'
import { type EventFacts, type EventPayload, readEvent } from '@tokenledger/github/changes'
import type { WorkflowEvent } from './codecov/identity.ts'

/** The commit range of a run that was started by another one (event workflow_run). */
export interface WorkflowRun {
  readonly head_sha?: string
  readonly head_branch?: string | null
  readonly html_url?: string
  readonly head_repository?: {
    readonly full_name?: string
    readonly owner?: { readonly login?: string }
  } | null
}

/** What GitHub's payload has for us beside what `readEvent` reads. */
export type Payload = EventPayload & WorkflowEvent & { readonly workflow_run?: WorkflowRun }

/** Where this run takes place. */
export interface RunFacts {
  readonly event: EventFacts & { readonly payload: Payload }
  readonly apiUrl: string
  readonly links: Links
  /** The pull request comes from another repository, so its run gets neither secrets nor a token that writes. */
  readonly isFork: boolean
}

export async function readRunFacts(env: NodeJS.ProcessEnv): Promise<RunFacts> {
  const event = (await readEvent(env)) as RunFacts['event']
  const { pull_request: pull } = event.payload
  const serverUrl = event.serverUrl.replace(/\/+$/, '')
  const repository = env.GITHUB_REPOSITORY ?? ''
  return {
    event,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    isFork: pull !== undefined && pull.head?.repo?.full_name !== pull.base?.repo?.full_name,
    links: {
      serverUrl,
      repository,
      ...(pull?.number === undefined ? {} : { pull: pull.number }),
      runUrl: `${serverUrl}/${repository}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
      testedSha: event.sha,
      headSha: pull?.head?.sha ?? event.sha,
    },
  }
}
