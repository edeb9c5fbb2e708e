interface Repository {
  readonly full_name?: string
}

interface Payload {
  readonly repository?: Repository
  readonly pull_request?: { readonly head?: { readonly repo?: Repository | null } }
  readonly workflow_run?: { readonly event?: string; readonly head_repository?: Repository | null }
  readonly issue?: { readonly pull_request?: unknown }
}

/**
 * Why an event may carry a fork's code, as a sentence; undefined when it cannot. `pull_request_target` always counts: it
 * has the secrets of the base and is there to look at foreign code. A comment on a pull request counts, as its event does not say
 * where the code lies. A payload without the repository counts as a fork's (its head repository is null once the fork is deleted).
 */
export function forkEvent(eventName: string, eventPayload: unknown): string | undefined {
  const payload = (eventPayload ?? {}) as Payload
  const here = payload.repository?.full_name
  const isForeign = (repository: Repository | null | undefined) => !here || repository?.full_name !== here
  if (eventName === 'pull_request_target') {
    return 'pull_request_target runs with secrets for code of anybody.'
  }
  if (eventName === 'workflow_run') {
    const { head_repository: head, event } = payload.workflow_run ?? {}
    if (isForeign(head) || event === 'pull_request_target')
      return 'this workflow_run follows a run for a fork.'
    return undefined
  }
  if (eventName === 'issue_comment' && payload.issue?.pull_request) {
    return 'a comment on a pull request does not say whose code it is about.'
  }
  if (eventName.startsWith('pull_request') || payload.pull_request) {
    return isForeign(payload.pull_request?.head?.repo) ? 'this pull request comes from a fork.' : undefined
  }
  return undefined
}
