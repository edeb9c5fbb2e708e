import { tableOf } from '@tokenledger/python-project'
import type { Rule } from '../finding.ts'

export const cliffDropsCommits: Rule = {
  id: 'cliff-drops-commits',
  level: 'warning',
  why: 'Commits that are no Conventional Commits vanish from the notes with one line in the log, however much they change.',
  fix: 'Set `filter_unconventional = false` and give them a group: `{ message = ".*", group = "Other changes" }` as the last parser.',
  *find({ cliff }) {
    if (!cliff) return
    const git = tableOf(cliff.table.git)
    const conventional = git.conventional_commits !== false
    if (conventional && (git.filter_unconventional ?? true) === true) {
      const written = 'filter_unconventional' in git
      const message = written
        ? 'filter_unconventional drops commits silently'
        : 'filter_unconventional is on unless it is set to false'
      yield { at: cliff.place('git', 'filter_unconventional'), message }
    }
    if (git.filter_commits === true)
      yield {
        at: cliff.place('git', 'filter_commits'),
        message: 'filter_commits drops every commit that no parser names',
      }
  },
}
