import type { GitHubClient } from '../client.ts'
import { settled } from '../settled.ts'
import { NEEDS, read, refused } from './administration.ts'

/** What the tokens of jobs may do without being asked. */
export interface WorkflowPermissions {
  /** Of a job whose workflow says nothing. */
  readonly defaultAccess: 'read' | 'write'
  /** "Allow GitHub Actions to create and approve pull requests". */
  readonly mayOpenPulls: boolean
}

const pathOf = (repository: string) => `/repos/${repository}/actions/permissions/workflow`

/** Reads the setting; to be done first, as every token that is no administrator's is refused here. */
export async function readWorkflowPermissions(
  client: GitHubClient,
  repository: string,
): Promise<WorkflowPermissions> {
  const { body } = await read(client, pathOf(repository))
  const { default_workflow_permissions: defaultAccess, can_approve_pull_request_reviews: mayOpenPulls } =
    body as { default_workflow_permissions: 'read' | 'write'; can_approve_pull_request_reviews: boolean }
  return { defaultAccess, mayOpenPulls }
}

/**
 * Brings the setting to what is wished; what the wish leaves out stays as it is.
 * Throws UserErrors `…_NOT_ADMINISTRATOR`, `…_ORGANIZATION` and `…_NO_ANSWER`.
 */
export async function ensureWorkflowPermissions(
  client: GitHubClient,
  repository: string,
  wish: Partial<WorkflowPermissions>,
): Promise<'changed' | 'already'> {
  const call = `PUT ${pathOf(repository)}`
  let whole: WorkflowPermissions | undefined
  const { kind } = await settled<WorkflowPermissions>(client, {
    call,
    needs: NEEDS,
    async read() {
      const live = await readWorkflowPermissions(client, repository)
      whole = { ...live, ...wish }
      const isSo = live.defaultAccess === whole.defaultAccess && live.mayOpenPulls === whole.mayOpenPulls
      return isSo ? live : undefined
    },
    write: () =>
      client.request('PUT', pathOf(repository), {
        body: {
          default_workflow_permissions: whole?.defaultAccess,
          can_approve_pull_request_reviews: whole?.mayOpenPulls,
        },
      }),
    made(answer) {
      if (answer.status === 204) return whole
      throw refused(client, call, answer)
    },
  })
  return kind === 'already' ? 'already' : 'changed'
}
