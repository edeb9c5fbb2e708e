import { ApiError, notFound } from '../api-error.ts'
import type { Ref } from '../git-store.ts'
import { gitRef } from '../models.ts'
import { closeEmptyPulls, closePullsOf } from '../pull-state.ts'
import { violatedRule } from '../ref-rules.ts'
import type { ApiRequest, Routes, World } from '../world.ts'

export const refRoutes: Routes = {
  'GET /repos/{owner}/{repo}/git/ref/{ref}': ({ params, world }) => {
    const ref = readRef(world, `refs/${params.ref}`)
    if (!ref) throw notFound()
    return { status: 200, body: gitRef(world, ref) }
  },

  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': ({ params, world }) => ({
    status: 200,
    body: world.git.refs(`refs/${params.ref}`).map(ref => gitRef(world, ref)),
  }),

  'POST /repos/{owner}/{repo}/git/refs': request => {
    const { body, world } = request
    const name = String(body.ref)
    if (!/^refs\/[^/]+\/./.test(name)) throw new ApiError(422, 'Reference name must start with "refs/".')
    if (world.git.ref(name)) throw new ApiError(422, 'Reference already exists')
    return { status: 201, body: moved(request, name) }
  },

  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': request => {
    const { params, body, world } = request
    const old = world.git.ref(`refs/${params.ref}`)
    if (!old) throw new ApiError(422, 'Reference does not exist')
    if (body.force !== true && !world.git.isAncestor(old.sha, String(body.sha))) {
      throw new ApiError(422, 'Update is not a fast forward')
    }
    return { status: 200, body: moved(request, old.name) }
  },

  'DELETE /repos/{owner}/{repo}/git/refs/{ref}': ({ params, world }) => {
    const ref = world.git.ref(`refs/${params.ref}`)
    if (!ref) throw new ApiError(422, 'Reference does not exist')
    refuseByRule(world, ref.name, true)
    closePullsOf(world, ref.name)
    world.git.deleteRef(ref.name)
    return { status: 204 }
  },
}

function readRef({ git, settings, cachedRefs }: World, name: string): Ref | undefined {
  if (!settings.cachesRefs) return git.ref(name)
  if (!cachedRefs.has(name)) cachedRefs.set(name, git.ref(name))
  return cachedRefs.get(name)
}

function moved({ body, world }: ApiRequest, name: string): object {
  const sha = String(body.sha)
  const type = world.git.try('cat-file', '-t', sha)
  if (!type) throw new ApiError(422, 'Object does not exist')
  refuseByRule(world, name)
  world.git.setRef(name, sha)
  closeEmptyPulls(world, name)
  return gitRef(world, { name, sha, type })
}

function refuseByRule(world: World, name: string, deletes = false): void {
  const rule = violatedRule(world, name, deletes)
  if (rule) throw new ApiError(422, rule)
}
