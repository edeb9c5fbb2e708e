import type { Commit } from '../history/commit.ts'

/** Commits that stay, and pairs of a commit with its revert that cancel each other out. */
export interface Effective {
  readonly commits: readonly Commit[]
  readonly cancelled: readonly Commit[]
}

/**
 * Takes out each commit that a later one of the same list reverts, with that later one, so that a feature which never reaches
 * a release makes none. The revert of a revert brings the commit back. `commits` are newest first.
 */
export function withoutReverted(commits: readonly Commit[]): Effective {
  const gone = new Set<Commit>()
  for (const [index, commit] of commits.entries()) {
    if (gone.has(commit)) continue
    const target = targetOf(commit)
    if (!target) continue
    const older = commits.slice(index + 1)
    const reverted = older.find(candidate => !gone.has(candidate) && target(candidate))
    if (reverted) gone.add(commit).add(reverted)
  }
  return {
    commits: commits.filter(commit => !gone.has(commit)),
    cancelled: commits.filter(commit => gone.has(commit)),
  }
}

/**
 * git names the commit by its hash; GitHub's button names only its subject, with the number of its pull request. Since git 2.43
 * the revert of a revert is called `Reapply "…"`.
 */
function targetOf({ message }: Commit): ((candidate: Commit) => boolean) | undefined {
  const subject = subjectOf(message)
  if (!/^re(?:vert|apply)[ (!:]/i.test(subject)) return undefined
  const [, hash] = /\breverts? commit ([0-9a-f]{7,64})\b/i.exec(message) ?? []
  if (hash !== undefined) return candidate => candidate.hash.startsWith(hash)
  const [, verb, quoted] = /^(Revert|Reapply) "(.+)"/.exec(subject) ?? []
  if (quoted === undefined) return undefined
  const wanted = verb === 'Reapply' ? `Revert "${quoted}"` : quoted
  return candidate => subjectOf(candidate.message) === wanted
}

function subjectOf(message: string): string {
  return message.split(/\r?\n/, 1)[0] ?? ''
}
