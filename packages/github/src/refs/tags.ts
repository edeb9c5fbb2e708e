import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse } from '../client.ts'
import { graphqlData, repositoryVariables } from '../graphql-data.ts'
import { explained, settled } from '../settled.ts'
import { violatedRule } from '../write-problem.ts'

export interface TagWish {
  /** `owner/name` */
  readonly repository: string
  readonly tag: string
  /** The commit. */
  readonly sha: string
  readonly message: string
}

export interface TagOutcome {
  /** `conflict`: the tag is there, on another commit, and stays there. */
  readonly kind: 'created' | 'already' | 'conflict'
  /** The commit that the tag is on. */
  readonly sha: string
}

interface ObjectData {
  readonly oid: string
  /** Of an annotated tag. */
  readonly target?: ObjectData
}

/** Levels of tags on tags that one query follows. */
const DEPTH = 4
const TARGET = `${'{ oid ... on Tag { target '.repeat(DEPTH)}{ oid }${' } }'.repeat(DEPTH)}`

/** The commit that a tag is on, through annotated tags; undefined without such a tag. Fresh, by GraphQL. */
export async function tagTarget(
  client: GitHubClient,
  repository: string,
  tag: string,
): Promise<string | undefined> {
  const query = `query($owner: String!, $name: String!, $ref: String!) {
    repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { target ${TARGET} } }
  }`
  const variables = { ...repositoryVariables(repository), ref: `refs/tags/${tag}` }
  const { repository: found } = await explained(
    client,
    { call: `GraphQL tag ${tag}`, needs: 'contents: read' },
    () =>
      graphqlData<{ repository: { ref: { target: ObjectData } | null } }>(
        client,
        `tag ${tag}`,
        query,
        variables,
      ),
  )
  let object = found.ref?.target
  while (object?.target) object = object.target
  return object?.oid
}

/**
 * Makes an annotated tag on a commit; a tag that is there is never moved. Needs `contents: write`.
 * Throws UserErrors BUMP_FORBIDDEN (also where a ruleset restricts the creation of tags) and BUMP_NO_ANSWER.
 */
export async function ensureTag(client: GitHubClient, wish: TagWish): Promise<TagOutcome> {
  const { repository, tag, sha } = wish
  const { kind, value } = await settled(client, {
    call: `POST /repos/${repository}/git/refs`,
    needs: 'contents: write',
    read: () => tagTarget(client, repository, tag),
    write: () => writeTag(client, wish),
    made: answer => (answer.status === 201 ? sha : misunderstood(answer, tag)),
  })
  return { kind: value === sha ? kind : 'conflict', sha: value }
}

/** An object first, which nobody sees, and then the ref to it. */
async function writeTag(
  client: GitHubClient,
  { repository, tag, sha, message }: TagWish,
): Promise<GitHubResponse> {
  const body = { tag, message, object: sha, type: 'commit' }
  const made = await client.request('POST', `/repos/${repository}/git/tags`, { body })
  if (made.status !== 201) return made
  const { sha: object } = made.body as { sha: string }
  return client.request('POST', `/repos/${repository}/git/refs`, {
    body: { ref: `refs/tags/${tag}`, sha: object },
  })
}

function misunderstood(answer: GitHubResponse, tag: string): undefined {
  const rule = violatedRule(answer)
  if (rule) {
    throw new UserError(
      `BUMP_FORBIDDEN: a ruleset does not let this token create tag ${tag} (${rule}); pass the token of an App on its bypass list`,
    )
  }
  if (/Reference already exists/i.test(JSON.stringify(answer.body))) return undefined
  throw new GitHubRefusal(`refs/tags/${tag}`, answer)
}

/** The error for a `conflict`. */
export function tagExists(tag: string, sha: string): UserError {
  return new UserError(`BUMP_TAG_EXISTS: ${tag} already exists at ${sha}`)
}
