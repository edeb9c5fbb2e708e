import type { ChangedFile } from './changed-files.ts'
import type { Commit, Ref } from './git-store.ts'
import type { World } from './world.ts'

const HTML = 'https://github.com'

/** An account; names that end in `[bot]` are apps. */
export function user(login: string): object {
  const name = encodeURIComponent(login)
  const url = `https://api.github.com/users/${name}`
  return {
    login,
    id: 41_898_282,
    node_id: nodeId('User', login),
    avatar_url: 'https://avatars.githubusercontent.com/in/15368?v=4',
    gravatar_id: '',
    url,
    html_url: `${HTML}/${name}`,
    ...urls(url, ['followers', 'gists', 'starred', 'subscriptions', 'organizations', 'repos', 'events']),
    following_url: `${url}/following`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  }
}

export function gitRef({ repositoryUrl }: World, { name, sha, type }: Ref): object {
  return {
    ref: name,
    node_id: nodeId('Ref', name),
    url: `${repositoryUrl}/git/${name}`,
    object: { type, sha, url: `${repositoryUrl}/git/${type}s/${sha}` },
  }
}

export function gitCommit(world: World, commit: Commit): object {
  const { repositoryUrl, htmlUrl } = world
  const { sha, author, committer, message, tree, parents } = commit
  return {
    sha,
    node_id: nodeId('Commit', sha),
    url: `${repositoryUrl}/git/commits/${sha}`,
    html_url: `${htmlUrl}/commit/${sha}`,
    author,
    committer,
    message,
    tree: { sha: tree, url: `${repositoryUrl}/git/trees/${tree}` },
    parents: parents.map(parent => ({
      sha: parent,
      url: `${repositoryUrl}/git/commits/${parent}`,
      html_url: `${htmlUrl}/commit/${parent}`,
    })),
    verification: verificationOf(world, commit),
  }
}

export const UNSIGNED = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
}

function verificationOf({ records }: World, { sha, committer }: Commit): object {
  if (!records.signedCommits.has(sha)) return UNSIGNED
  return {
    verified: true,
    reason: 'valid',
    signature: '-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----',
    payload: '',
    verified_at: committer.date,
  }
}

export function commit(world: World, of: Commit): Record<string, unknown> {
  const { repositoryUrl, htmlUrl } = world
  const { sha, author, committer, message, tree, parents } = of
  return {
    sha,
    node_id: nodeId('Commit', sha),
    url: `${repositoryUrl}/commits/${sha}`,
    html_url: `${htmlUrl}/commit/${sha}`,
    comments_url: `${repositoryUrl}/commits/${sha}/comments`,
    commit: {
      url: `${repositoryUrl}/git/commits/${sha}`,
      author,
      committer,
      message,
      tree: { sha: tree, url: `${repositoryUrl}/git/trees/${tree}` },
      comment_count: 0,
      verification: verificationOf(world, of),
    },
    // No account has the address of a local commit.
    author: null,
    committer: null,
    parents: parents.map(parent => ({
      sha: parent,
      url: `${repositoryUrl}/commits/${parent}`,
      html_url: `${htmlUrl}/commit/${parent}`,
    })),
  }
}

export function diffEntry({ repositoryUrl, htmlUrl }: World, file: ChangedFile, at: string): object {
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${htmlUrl}/blob/${at}/${path}`,
    raw_url: `${htmlUrl}/raw/${at}/${path}`,
    contents_url: `${repositoryUrl}/contents/${path}?ref=${at}`,
    ...(file.patch ? { patch: file.patch } : {}),
    ...(file.previousPath ? { previous_filename: file.previousPath } : {}),
  }
}

/** Opaque and stable, like GitHub's. */
export function nodeId(kind: string, key: string | number): string {
  return Buffer.from(`${kind}:${key}`).toString('base64url')
}

/** `<name>_url` fields below `base`. */
export function urls(base: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [`${name}_url`, `${base}/${name.replaceAll('_', '/')}`]))
}
