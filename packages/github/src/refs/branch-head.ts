import type { GitHubClient } from '../client.ts'
import { graphqlData, repositoryVariables } from '../graphql-data.ts'
import { explained } from '../settled.ts'

/** The commit that a branch is at. */
export interface BranchHead {
  readonly sha: string
  readonly parents: readonly string[]
  readonly message: string
  /** GitHub marks its signature as verified. */
  readonly verified: boolean
}

interface CommitData {
  readonly oid: string
  readonly message: string
  readonly parents: { readonly nodes: readonly { readonly oid: string }[] }
  readonly signature: { readonly isValid: boolean } | null
}

const COMMIT = '... on Commit { message parents(first: 3) { nodes { oid } } signature { isValid } }'

/**
 * Where branches are now, in the order of their names; undefined for one that is not there. By GraphQL, since reads of refs
 * by REST may be a minute old. Needs `contents: read`.
 */
export async function headsOf(
  client: GitHubClient,
  repository: string,
  branches: readonly string[],
): Promise<(BranchHead | undefined)[]> {
  const fields = branches.map((_, n) => `b${n}: ref(qualifiedName: $b${n}) { target { oid ${COMMIT} } }`)
  const parameters = branches.map((_, n) => `, $b${n}: String!`).join('')
  const query = `query($owner: String!, $name: String!${parameters}) {
    repository(owner: $owner, name: $name) { ${fields.join(' ')} }
  }`
  const names = branches.map((branch, n) => [`b${n}`, `refs/heads/${branch}`])
  const variables = { ...repositoryVariables(repository), ...Object.fromEntries(names) }
  const { repository: found } = await explained(
    client,
    { call: `GraphQL head of ${branches.join(', ')}`, needs: 'contents: read' },
    () =>
      graphqlData<{ repository: Record<string, { target: CommitData } | null> }>(
        client,
        `head of ${branches.join(', ')}`,
        query,
        variables,
      ),
  )
  return branches.map((_, n) => asHead(found[`b${n}`]?.target))
}

/** Where a branch is now; undefined when it is not there. */
export async function headOf(
  client: GitHubClient,
  repository: string,
  branch: string,
): Promise<BranchHead | undefined> {
  const [head] = await headsOf(client, repository, [branch])
  return head
}

function asHead(data: CommitData | undefined): BranchHead | undefined {
  if (!data) return undefined
  const { oid, parents, message, signature } = data
  return {
    sha: oid,
    parents: parents.nodes.map(parent => parent.oid),
    message,
    verified: signature?.isValid ?? false,
  }
}
