import { basename } from 'node:path/posix'
import type { Problem } from '../problem.ts'
import { headsOf } from './graph.ts'
import type { Revision } from './revisions.ts'

/** Several heads, duplicate ids and missing parents; empty when the history is one line that ends in one head. */
export function headProblems(revisions: readonly Revision[]): Problem[] {
  const wrong = [...duplicates(revisions), ...orphans(revisions)]
  // A gap makes a head of its own; naming that as well would only hide the cause.
  return wrong.length > 0 ? wrong : severalHeads(revisions)
}

function duplicates(revisions: readonly Revision[]): Problem[] {
  const byId = Map.groupBy(revisions, ({ id }) => id)
  return [...byId.values()]
    .filter(same => same.length > 1)
    .map(same =>
      at(
        same.at(-1),
        `revision ${same[0]?.id} is used twice: ${same.map(({ path }) => path).join(' and ')}. Give one of them another id.`,
      ),
    )
}

function orphans(revisions: readonly Revision[]): Problem[] {
  const known = new Set(revisions.map(({ id }) => id))
  return revisions.flatMap(revision =>
    revision.down
      .filter(parent => !known.has(parent))
      .map(parent =>
        at(
          revision,
          `revision ${revision.id} comes after ${parent}, which no file has. Restore that file, or correct down_revision.`,
        ),
      ),
  )
}

function severalHeads(revisions: readonly Revision[]): Problem[] {
  const heads = headsOf(revisions)
  if (heads.length === 0 && revisions.length > 0) {
    return [at(revisions[0], 'the revisions go round in a circle. Correct down_revision in one of them.')]
  }
  if (heads.length < 2) return []
  const names = listed(heads.map(({ id, path }) => `${id} (${basename(path)})`))
  const parents = new Set(heads.map(({ down }) => down.join(' and ')))
  const [parent] = parents
  const after = parents.size === 1 && parent ? `, ${heads.length === 2 ? 'both' : 'all'} after ${parent}` : ''
  const message = `alembic has ${heads.length} heads: ${names}${after}. Run "alembic merge" or re-parent one.`
  return [at(heads.at(-1), message)]
}

function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function at(revision: Revision | undefined, message: string): Problem {
  return revision
    ? { path: revision.path, position: { line: revision.line, column: 1 }, message }
    : { message }
}
