import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Git } from '@tokenledger/kit'
import type { ChangesApi } from './changes-api.ts'
import type { EventFacts } from './event.ts'
import type { Checkout } from './find-base.ts'

/**
 * The commit that is checked out. The object itself names the parents, also those that a shallow clone does not have. Without
 * a repository (actions/checkout downloads an archive where there is no git) it is the commit of the event, as the API has
 * it; `failure` when neither tells.
 */
export async function readCheckout(
  git: Git,
  event: EventFacts,
  api: ChangesApi | undefined,
): Promise<Checkout | { readonly failure: string }> {
  const head = (await git.read('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))?.trim()
  if (head) {
    const commit = (await git.read('cat-file', '-p', head)) ?? ''
    const [headers = ''] = commit.split('\n\n', 1)
    return { head, parents: [...headers.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent) }
  }
  if (!api || !event.sha) return { failure: 'there is no git repository' }
  const parents = await api.parents(event.sha)
  return 'failure' in parents ? parents : { head: event.sha, parents }
}

/** Hash of a file's content in the tested tree by its path; undefined for what is no file there: gone, a link, a submodule. */
export type BlobOf = (path: string) => string | undefined

/** The files of HEAD; without a repository, those on disk. */
export async function blobsOf(git: Git, root: string): Promise<BlobOf> {
  const listed = await git.read('ls-tree', '-r', '-z', '--full-tree', 'HEAD')
  if (listed === undefined) return path => blobOnDisk(join(root, path))
  const blobs = new Map<string, string>()
  for (const entry of listed.split('\0')) {
    const [, blob, path] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? []
    if (blob !== undefined && path !== undefined) blobs.set(path, blob)
  }
  return path => blobs.get(path)
}

/** What `git hash-object` gives. */
function blobOnDisk(path: string): string | undefined {
  try {
    const content = readFileSync(path)
    return createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex')
  } catch {
    return undefined
  }
}
