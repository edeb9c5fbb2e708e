import { notFound } from '../api-error.ts'
import type { Routes, World } from '../world.ts'

interface TreeEntry {
  readonly mode: string
  readonly sha: string
  /** Bytes; 0 for what is no blob. */
  readonly size: number
  readonly path: string
}

const TYPES: Readonly<Record<string, string>> = {
  '040000': 'dir',
  '120000': 'symlink',
  '160000': 'submodule',
}

export const contentRoutes: Routes = {
  'GET /repos/{owner}/{repo}/contents/{path}': ({ params, query, accept, world }) => {
    const ref = query.get('ref') || world.git.defaultBranch
    const sha = world.git.resolve(ref)
    const path = (params.path ?? '').replace(/\/$/, '')
    if (!sha) throw notFound()
    const [entry] = path ? entries(world, sha, path) : []
    if (path && !entry) throw notFound()
    if (!entry || typeOf(entry) === 'dir') {
      const children = entries(world, sha, path ? `${path}/` : '')
      return { status: 200, body: children.map(child => describe(world, child, ref)) }
    }
    if (typeOf(entry) === 'submodule') throw notFound()
    const content = world.git.blob(entry.sha)
    if (accept.includes('raw')) return { status: 200, body: content }
    return { status: 200, body: { ...describe(world, entry, ref), ...encoded(content, entry) } }
  },
}

function entries(world: World, sha: string, path: string): TreeEntry[] {
  const listed = world.git.try('ls-tree', '-z', '--long', sha, ...(path ? ['--', path] : [])) ?? ''
  return listed
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const [, mode = '', object = '', size = '', name = ''] =
        /^(\d+) \w+ (\w+) +(\S+)\t([\s\S]*)$/.exec(line) ?? []
      return { mode, sha: object, size: Number(size) || 0, path: name }
    })
}

function typeOf({ mode }: TreeEntry): string {
  return TYPES[mode] ?? 'file'
}

function describe({ repositoryUrl, htmlUrl }: World, entry: TreeEntry, ref: string): object {
  const path = entry.path.split('/').map(encodeURIComponent).join('/')
  const type = typeOf(entry)
  const url = `${repositoryUrl}/contents/${path}?ref=${ref}`
  const git = `${repositoryUrl}/git/${type === 'dir' ? 'trees' : 'blobs'}/${entry.sha}`
  const html = `${htmlUrl}/blob/${ref}/${path}`
  return {
    type,
    size: entry.size,
    name: entry.path.split('/').at(-1),
    path: entry.path,
    sha: entry.sha,
    url,
    git_url: git,
    html_url: html,
    download_url: type === 'file' ? `${htmlUrl}/raw/${ref}/${path}` : null,
    _links: { git, self: url, html },
  }
}

function encoded(content: Buffer, entry: TreeEntry): object {
  if (typeOf(entry) === 'symlink') return { target: content.toString('utf8') }
  return { encoding: 'base64', content: content.toString('base64').replace(/.{1,60}/g, '$&\n') }
}
