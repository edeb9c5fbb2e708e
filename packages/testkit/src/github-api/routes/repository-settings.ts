import { ApiError, notFound } from '../api-error.ts'
import type { Routes } from '../world.ts'

export const repositorySettingRoutes: Routes = {
  'GET /repos/{owner}/{repo}/actions/permissions/workflow': ({ world: { settings } }) => ({
    status: 200,
    body: {
      default_workflow_permissions: settings.defaultWorkflowPermissions,
      can_approve_pull_request_reviews: settings.actionsMayOpenPulls,
    },
  }),

  'PUT /repos/{owner}/{repo}/actions/permissions/workflow': ({ body, world: { settings } }) => {
    const { default_workflow_permissions: access, can_approve_pull_request_reviews: mayOpen } = body
    if (settings.decidedByOwner) throw new ApiError(409, 'The organization decides this setting.')
    if (access === 'read' || access === 'write') settings.defaultWorkflowPermissions = access
    if (typeof mayOpen === 'boolean') settings.actionsMayOpenPulls = mayOpen
    return { status: 204 }
  },

  // Off is 404, as absent is.
  'GET /repos/{owner}/{repo}/immutable-releases': ({ world: { settings } }) => {
    if (!settings.immutableReleases) throw notFound()
    return { status: 200, body: { enabled: true, enforced_by_owner: settings.decidedByOwner } }
  },

  'PUT /repos/{owner}/{repo}/immutable-releases': ({ world: { settings } }) => {
    if (settings.decidedByOwner) throw new ApiError(409, 'The organization decides this setting.')
    settings.immutableReleases = true
    return { status: 204 }
  },
}
