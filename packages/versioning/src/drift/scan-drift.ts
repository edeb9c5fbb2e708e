import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DriftPlace, OldVersions } from './drift.ts'
import { driftInText } from './drift-in-text.ts'
import { isScanned } from './scanned-path.ts'

export interface DriftScan extends OldVersions {
  /** The repository's folder. */
  readonly root: string
  /** Tracked files, relative to it; see `trackedFiles`. */
  readonly paths: readonly string[]
  /** The text that a file is going to have, by path; it is looked at in place of the one on disk. */
  readonly planned?: ReadonlyMap<string, string>
}

/** In bytes; no file that people write versions into is larger. */
const LARGEST = 512 * 1024
/** As many bytes decide for git whether a file is binary. */
const LOOKED_AT = 8000

/**
 * The places of a repository that still carry an old version, by path and line. Only text files that people write are looked
 * at. What cannot be read is passed over.
 */
export function scanDrift({ root, paths, planned, ...old }: DriftScan): DriftPlace[] {
  return paths.filter(isScanned).flatMap(path => {
    const text = planned?.get(path) ?? textAt(join(root, path))
    return text === undefined ? [] : driftInText(path, text, old)
  })
}

/** The text of a file that has the word; undefined for any other, and for links, binary and large files. */
function textAt(path: string): string | undefined {
  let content: Buffer
  try {
    const stat = lstatSync(path)
    if (!stat.isFile() || stat.size > LARGEST) return undefined
    content = readFileSync(path)
  } catch {
    return undefined // deleted in the work tree, or not ours to read
  }
  const hasWord = content.includes('ersion') || content.includes('ERSION')
  return hasWord && !content.subarray(0, LOOKED_AT).includes(0) ? content.toString('utf8') : undefined
}
