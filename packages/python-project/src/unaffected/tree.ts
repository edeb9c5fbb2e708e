import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gitAt } from '@tokenledger/kit'

/** The tracked files of the tested commit; all paths are relative to the repository. */
export interface Tree {
  readonly files: readonly string[]
  /** Symbolic links with the path that each leads to; what leads out of the repository leads to `..`. */
  readonly links: ReadonlyMap<string, string>
  readonly submodules: ReadonlySet<string>
  /** A file's text; undefined when it cannot be read or is too large to be looked through. */
  text(path: string): string | undefined
}

const LARGEST_TEXT = 16 * 1024 * 1024

/** Lists HEAD of the checkout at `root`, whole; undefined where git, or a link in it, cannot be read. */
export async function readTree(root: string): Promise<Tree | undefined> {
  const listed = await gitAt(root).read('ls-tree', '-r', '-z', '--full-tree', 'HEAD')
  if (listed === undefined) return undefined
  const files: string[] = []
  const links = new Map<string, string>()
  const submodules = new Set<string>()
  for (const entry of listed.split('\0').filter(Boolean)) {
    const path = entry.slice(entry.indexOf('\t') + 1)
    if (entry.startsWith('160000')) submodules.add(path)
    else if (entry.startsWith('120000')) {
      const target = targetOf(root, path)
      if (target === undefined) return undefined
      links.set(path, target)
    } else files.push(path)
  }
  return { files, links, submodules, text: path => textOf(join(root, path)) }
}

function targetOf(root: string, path: string): string | undefined {
  try {
    const target = readlinkSync(join(root, path)).replaceAll('\\', '/')
    const resolved = posix.join(posix.dirname(path), target)
    return posix.isAbsolute(target) || resolved.startsWith('../') ? '..' : resolved.replace(/\/$/, '')
  } catch {
    return undefined // git writes a link as a plain file where the system has none
  }
}

function textOf(path: string): string | undefined {
  try {
    return statSync(path).size > LARGEST_TEXT ? undefined : readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
