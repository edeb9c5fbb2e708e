import { nodeId } from '../models.ts'
import { pullOfNumber } from '../pull-state.ts'
import type { ApiRequest, Routes, World } from '../world.ts'

export const labelRoutes: Routes = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/labels': ({ params, world }) => {
    const { labels } = pullOfNumber(world, params.issue_number)
    return { status: 200, body: labels.map(name => labelModel(world, name)) }
  },

  // A label that the repository does not know is created.
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels': ({ params, body, world }) => {
    const { labels } = pullOfNumber(world, params.issue_number)
    for (const name of namesIn(body)) {
      if (!labels.some(label => label.toLowerCase() === name.toLowerCase())) labels.push(name)
    }
    return { status: 200, body: labels.map(name => labelModel(world, name)) }
  },
}

/** `{labels: ["a"]}`, `{labels: [{name: "a"}]}` or the list alone. */
function namesIn(body: ApiRequest['body']): string[] {
  const listed = (Array.isArray(body) ? body : (body.labels ?? [])) as (string | { name: string })[]
  return listed.map(label => (typeof label === 'string' ? label : label.name))
}

export function labelModel({ repositoryUrl }: World, name: string): object {
  return {
    id: [...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) % 2 ** 31,
    node_id: nodeId('Label', name),
    url: `${repositoryUrl}/labels/${encodeURIComponent(name)}`,
    name,
    // GitHub gives null here; its description of lists of pull requests allows no null.
    description: '',
    color: 'ededed',
    default: false,
  }
}
