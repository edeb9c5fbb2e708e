import { type Server, server } from '../history/clones.ts'

/** So many commits, v1.0.0, two prereleases, a final release with a tag of another package beside it, at HEAD. */
export function released(before = 0): Server {
  const repo = server()
  if (before > 0) repo.commits(before)
  repo.commits(1, 'feat: one')
  repo.git('tag', 'v1.0.0')
  repo.commits(1, 'fix: two')
  repo.git('tag', 'v2.0.0rc1')
  repo.commits(1, 'feat: three')
  repo.git('tag', '--annotate', '--message', 'second', 'v2.0.0rc2')
  repo.git('tag', 'other-v7')
  repo.commits(1, 'no conventional commit')
  repo.git('tag', 'v2.0.0')
  return repo
}
