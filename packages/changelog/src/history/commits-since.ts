import type { Git } from '@tokenledger/kit'
import type { Commit } from './commit.ts'
import { HistoryError } from './history-error.ts'
import type { Tag } from './tag.ts'

export interface CommitsWanted {
  /** Commits that it leads to are left out; absent: the whole history. */
  readonly tag?: Pick<Tag, 'tag' | 'commit'>
  /** Only commits that change something in this folder, relative to the one that git runs in; `''` and `.` are no limit. */
  readonly path?: string
}

/** Fields end with NUL, the one byte that no message holds; what the user's settings would add to a log is turned off. */
const LOG = [
  ...['-c', 'log.follow=false', 'log', '--no-show-signature'],
  ...['-z', '--format=tformat:%H%x00%P%x00%ct%x00%B', '--encoding=UTF-8'],
]
const FIELDS = 4

/** The commits from a tag to HEAD, newest first, in one call of git. A UserError when git cannot tell them. */
export async function commitsSince(git: Git, { tag, path = '' }: CommitsWanted = {}): Promise<Commit[]> {
  const range = tag ? [`^${tag.commit}`, 'HEAD'] : ['HEAD']
  // A merge that took a side's files as they are would else hide every commit of the other side.
  const limit = path === '' || path === '.' ? ['--'] : ['--full-history', '--', path]
  const args = [...LOG, ...range, ...limit]
  const output = await git.read(...args)
  if (output !== undefined) return commitsIn(output)
  // A clone without trees (actions/checkout's `filter`) gets those that it needs over the network.
  const fetched = await git.fetch(...args)
  if ('failure' in fetched)
    throw new HistoryError(
      `git cannot list the commits since ${tag?.tag ?? 'the first'} (${fetched.failure})`,
    )
  return commitsIn(fetched.output)
}

function commitsIn(output: string): Commit[] {
  const fields = output.split('\0')
  const commits: Commit[] = []
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const [hash = '', parents = '', seconds = '', message = ''] = fields.slice(at, at + FIELDS)
    commits.push({
      hash,
      parents: parents === '' ? [] : parents.split(' '),
      committedAt: Number(seconds),
      message: message.trimEnd(),
    })
  }
  return commits
}
