import { notFound } from '../api-error.ts'
import { commit } from '../models.ts'
import { violatedRule } from '../ref-rules.ts'
import type { Routes } from '../world.ts'

export const branchRoutes: Routes = {
  'GET /repos/{owner}/{repo}/branches/{branch}': ({ params, world }) => {
    const name = params.branch ?? ''
    const ref = world.git.ref(`refs/heads/${name}`)
    const head = ref && world.git.commit(ref.sha)
    if (!head) throw notFound()
    const url = `${world.repositoryUrl}/branches/${encodeURIComponent(name)}`
    const isProtected = violatedRule(world, `refs/heads/${name}`) !== undefined
    const body = {
      name,
      commit: commit(world, head),
      _links: { self: url, html: `${world.htmlUrl}/tree/${name}` },
      protected: isProtected,
      protection: { enabled: isProtected },
      protection_url: `${url}/protection`,
    }
    return { status: 200, body }
  },
}
