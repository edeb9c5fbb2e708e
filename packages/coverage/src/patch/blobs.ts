import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Git } from '@tokenledger/kit'

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
