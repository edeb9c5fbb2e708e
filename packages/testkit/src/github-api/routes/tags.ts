import { ApiError, notFound } from '../api-error.ts'
import { nodeId, UNSIGNED } from '../models.ts'
import { now, type Routes, type World } from '../world.ts'

export const tagRoutes: Routes = {
  'POST /repos/{owner}/{repo}/git/tags': ({ body, world }) => {
    const object = String(body.object)
    if (world.git.try('cat-file', '-t', object) !== body.type) {
      throw new ApiError(422, `Object ${object} is no ${body.type}`)
    }
    const sha = world.git.newTag({
      name: String(body.tag),
      message: String(body.message),
      object,
      type: String(body.type),
      tagger: taggerOf(body.tagger),
    })
    return { status: 201, body: tagModel(world, sha) }
  },

  'GET /repos/{owner}/{repo}/git/tags/{tag_sha}': ({ params, world }) => {
    const sha = params.tag_sha ?? ''
    if (world.git.try('cat-file', '-t', sha) !== 'tag') throw notFound()
    return { status: 200, body: tagModel(world, sha) }
  },
}

function taggerOf(given: unknown): { name: string; email: string; date: string } {
  const { name, email, date = now() } = (given ?? {}) as Readonly<Record<string, string>>
  return {
    name: name ?? 'github-actions[bot]',
    email: email ?? '41898282+github-actions[bot]@users.noreply.github.com',
    date,
  }
}

function tagModel({ git, repositoryUrl }: World, sha: string): object {
  const { name, message, object, type, tagger } = git.tag(sha)
  return {
    node_id: nodeId('Tag', sha),
    sha,
    url: `${repositoryUrl}/git/tags/${sha}`,
    tag: name,
    message,
    tagger,
    object: { sha: object, type, url: `${repositoryUrl}/git/${type}s/${object}` },
    verification: UNSIGNED,
  }
}
