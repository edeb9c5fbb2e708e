import { basename } from 'node:path/posix'
import type { PendingMigration } from '../tool.ts'
import type { Revision } from './revisions.ts'

/** Revisions of which no other one says that it comes after them. */
export function headsOf(revisions: readonly Revision[]): Revision[] {
  const parents = new Set(revisions.flatMap(({ down }) => down))
  return revisions.filter(({ id }) => !parents.has(id))
}

/** These revisions and all that must be there before them. Unknown ids are left out. */
export function withAncestors(revisions: readonly Revision[], ids: Iterable<string>): Set<string> {
  const byId = new Map(revisions.map(revision => [revision.id, revision]))
  const reached = new Set<string>()
  const open = [...ids]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const revision = byId.get(id)
    if (!revision || reached.has(id)) continue
    reached.add(id)
    open.push(...revision.down, ...revision.dependsOn)
  }
  return reached
}

/**
 * Every revision after all that must be there before it; among equals in the order given. What has no such order, a circle or
 * the second file of one id, comes last.
 */
export function inOrder(revisions: readonly Revision[]): Revision[] {
  const known = new Set(revisions.map(({ id }) => id))
  const before = new Map(
    revisions.map(({ id, down, dependsOn }) => [
      id,
      [...down, ...dependsOn].filter(other => known.has(other)),
    ]),
  )
  const waiting = new Map([...before].map(([id, others]) => [id, others.length]))
  const after = Map.groupBy(
    revisions.flatMap(revision => (before.get(revision.id) ?? []).map(parent => ({ parent, revision }))),
    ({ parent }) => parent,
  )
  const ordered = revisions.filter(({ id }) => waiting.get(id) === 0)
  // Grows while it is walked.
  for (const { id } of ordered) {
    for (const { revision } of after.get(id) ?? []) {
      const left = (waiting.get(revision.id) ?? 0) - 1
      waiting.set(revision.id, left)
      if (left === 0) ordered.push(revision)
    }
  }
  const placed = new Set(ordered)
  return [...ordered, ...revisions.filter(revision => !placed.has(revision))]
}

/** A revision as the database sees it: `0002`, and its file's name without `.py`. */
export function asMigration({ id, path }: Revision): PendingMigration & { readonly path: string } {
  return { version: id, name: basename(path, '.py'), path }
}
