import { UserError } from '@tokenledger/kit'
import type { GitHubClient } from '../client.ts'
import { graphqlData, repositoryVariables } from '../graphql-data.ts'
import { explained } from '../settled.ts'

/** A file of a commit. */
export interface TreeFile {
  /** As git has it, in octal: 100644, 100755 for an executable, 120000 for a symbolic link. */
  readonly mode: number
  /** Hash of its content. */
  readonly oid: string
}

const PLAIN = '100644'
const KINDS: Readonly<Record<string, string>> = {
  '100755': 'executable',
  '120000': 'a symbolic link',
  '160000': 'a submodule',
  '40000': 'a folder',
}
/** Paths that one query asks for: each costs a point of GitHub's limit on the size of queries. */
const AT_ONCE = 100

/** Files of a commit by their paths; those that are not there are left out. Needs `contents: read`. */
export async function filesOf(
  client: GitHubClient,
  { repository, sha }: { readonly repository: string; readonly sha: string },
  paths: readonly string[],
): Promise<Map<string, TreeFile>> {
  const found = new Map<string, TreeFile>()
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const some = paths.slice(from, from + AT_ONCE)
    const data = await ask(client, repository, sha, some)
    for (const [n, path] of some.entries()) {
      const file = data[`f${n}`]
      if (file) found.set(path, file)
    }
  }
  return found
}

async function ask(
  client: GitHubClient,
  repository: string,
  sha: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, TreeFile | null>>> {
  const parameters = paths.map((_, n) => `, $f${n}: String!`).join('')
  const fields = paths.map((_, n) => `f${n}: file(path: $f${n}) { mode oid }`).join(' ')
  const query = `query($owner: String!, $name: String!, $sha: GitObjectID!${parameters}) {
    repository(owner: $owner, name: $name) { object(oid: $sha) { ... on Commit { ${fields} } } }
  }`
  const names = Object.fromEntries(paths.map((path, n) => [`f${n}`, path]))
  const variables = { ...repositoryVariables(repository), sha, ...names }
  const { repository: data } = await explained(
    client,
    { call: `GraphQL files of ${sha}`, needs: 'contents: read' },
    () =>
      graphqlData<{ repository: { object: Record<string, TreeFile | null> | null } }>(
        client,
        `files of ${sha}`,
        query,
        variables,
      ),
  )
  return data.object ?? {}
}

/** Throws for files that would not be what they were: `createCommitOnBranch` makes plain files only. */
export function refuseOtherModes(files: ReadonlyMap<string, TreeFile>): void {
  for (const [path, { mode }] of files) {
    const octal = mode.toString(8)
    if (octal === PLAIN) continue
    const kind = KINDS[octal] ?? `of mode ${octal}`
    throw new UserError(
      `BUMP_FILE_MODE: ${path} is ${kind}, which a commit through GitHub's API would turn into a plain file; nothing was written. Make it a plain file, or leave it out`,
    )
  }
}
