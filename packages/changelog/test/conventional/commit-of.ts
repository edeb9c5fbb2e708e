import { createHash } from 'node:crypto'
import type { Commit } from '../../src/history/commit.ts'

/** A commit with this message, whose hash follows from it. */
export function commitOf(message: string, parents: readonly string[] = ['0'.repeat(40)]): Commit {
  return { hash: hashOf(message), parents, committedAt: 0, message }
}

export function hashOf(message: string): string {
  return createHash('sha1').update(message).digest('hex')
}

export function mergeOf(message: string): Commit {
  return commitOf(message, ['1'.repeat(40), '2'.repeat(40)])
}
