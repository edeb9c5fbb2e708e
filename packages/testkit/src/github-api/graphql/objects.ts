import type { Ref } from '../git-store.ts'
import { nodeId } from '../models.ts'
import { FORBIDDEN, isGranted } from '../permissions.ts'
import type { World } from '../world.ts'
import { type CommitInput, createCommit } from './create-commit.ts'
import { GraphQLRefusal } from './refusal.ts'

/** What queries and mutations start from; a field with arguments is a function of them. */
export function root(world: World): object {
  return {
    viewer: { id: nodeId('User', 'github-actions[bot]'), login: 'github-actions[bot]' },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      if (`${owner}/${name}`.toLowerCase() !== `${world.owner}/${world.name}`.toLowerCase()) {
        throw new GraphQLRefusal(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${owner}/${name}'.`,
        )
      }
      return repository(world)
    },
    createCommitOnBranch: ({ input }: { input: CommitInput }) => {
      const { ref, sha } = createCommit(world, input)
      const { clientMutationId = null } = input
      return { clientMutationId, commit: gitObject(world, sha), ref: refObject(world, ref) }
    },
  }
}

function repository(world: World): object {
  const { git, owner, name } = world
  const readable = <T>(value: T): T => {
    if (isGranted(world.settings.permissions, 'contents', 'read')) return value
    throw new GraphQLRefusal('FORBIDDEN', FORBIDDEN)
  }
  const ref = (full: string) => readable(refObject(world, git.ref(full)))
  return {
    id: nodeId('Repository', name),
    nameWithOwner: `${owner}/${name}`,
    defaultBranchRef: () => ref(`refs/heads/${git.defaultBranch}`),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      qualifiedName.startsWith('refs/')
        ? ref(qualifiedName)
        : (ref(`refs/heads/${qualifiedName}`) ?? ref(`refs/tags/${qualifiedName}`)),
    object: ({ oid, expression }: { oid?: string; expression?: string }) =>
      readable(gitObject(world, git.try('rev-parse', '--verify', '--quiet', oid ?? expression ?? ''))),
  }
}

function refObject(world: World, ref: Ref | undefined): object | null {
  if (!ref) return null
  const [, prefix = '', name = ''] = /^(refs\/[^/]+\/)(.*)$/.exec(ref.name) ?? []
  return { id: nodeId('Ref', ref.name), name, prefix, target: () => gitObject(world, ref.sha) }
}

function gitObject(world: World, sha: string | undefined): object | null {
  const type = sha && world.git.try('cat-file', '-t', sha)
  if (!sha || !type) return null
  const base = { id: nodeId(type, sha), oid: sha }
  if (type === 'commit') return { ...base, ...commit(world, sha) }
  if (type === 'tree') return { ...base, __typename: 'Tree' }
  if (type === 'blob') return { ...base, __typename: 'Blob', byteSize: () => world.git.blob(sha).length }
  const { name, message, object } = world.git.tag(sha)
  return { ...base, __typename: 'Tag', name, message, target: () => gitObject(world, object) }
}

function commit(world: World, sha: string): object {
  const found = world.git.commit(sha)
  if (!found) throw new Error(`no commit ${sha}`)
  return {
    __typename: 'Commit',
    url: `${world.htmlUrl}/commit/${sha}`,
    message: found.message,
    parents: ({ first, last }: { first?: number; last?: number }) => {
      if (first === undefined && last === undefined) {
        throw new GraphQLRefusal(
          'MISSING_PAGINATION_BOUNDARIES',
          'You must provide a `first` or `last` value to properly paginate the `parents` connection.',
        )
      }
      const nodes = found.parents.slice(0, first).map(parent => gitObject(world, parent))
      return { nodes, totalCount: found.parents.length }
    },
    file: ({ path }: { path: string }) => entry(world, sha, path),
    signature: world.records.signedCommits.has(sha)
      ? { __typename: 'GpgSignature', isValid: true, state: 'VALID', wasSignedByGitHub: true }
      : null,
  }
}

/** `100644 blob <oid>\t<path>`; the mode is a number, as git's is octal. */
function entry({ git }: World, sha: string, path: string): object | null {
  const line = git.try('--literal-pathspecs', 'ls-tree', '-z', '--full-tree', sha, '--', path) ?? ''
  const [, mode = '', type = '', oid = ''] = /^(\d+) (\w+) (\w+)\t/.exec(line) ?? []
  return mode ? { mode: Number.parseInt(mode, 8), type, oid, name: path.split('/').at(-1) } : null
}
