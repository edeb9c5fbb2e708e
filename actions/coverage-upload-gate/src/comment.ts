import type { CoverageView } from '@tokenledger/coverage'
import { commentMarker, commentNeeded, renderReport } from '@tokenledger/coverage'
import { upsertComment } from '@tokenledger/github'
import { writeStepFile } from '@tokenledger/kit'
import { commentFile } from './comment-file.ts'
import type { CoverageInputs } from './inputs.ts'
import type { RunFacts } from './run-facts.ts'

/** What became of the comment. */
export interface Comment {
  /** Empty when none was posted. */
  readonly url: string
  /** For coverage-comment.yml, when this run may not post it; empty otherwise. */
  readonly file: string
  readonly level: 'silent' | 'notice' | 'warning'
  /** One line. */
  readonly text: string
}

/** Posts the report, updates it in place, or leaves it to a run that may. Trouble never fails the step. */
export async function comment(view: CoverageView, inputs: CoverageInputs, facts: RunFacts): Promise<Comment> {
  const { comment: mode, commentKey: key } = inputs.shown
  const { action, reason } = commentNeeded(mode, view)
  const { pull, repository } = facts.links
  if (action === 'none' || pull === undefined) {
    return { url: '', file: '', level: 'silent', text: `No comment: ${reason}.` }
  }
  if (!inputs.token) {
    return { url: '', file: '', level: 'warning', text: 'Comment not posted: github-token is empty.' }
  }
  const outcome = await upsertComment({
    repository,
    issue: pull,
    marker: commentMarker(key),
    body: renderReport(view, { medium: 'comment', key }),
    token: inputs.token,
    apiUrl: facts.apiUrl,
    fork: facts.isFork,
    onlyUpdate: action === 'update',
  })
  switch (outcome.kind) {
    case 'none':
      return { url: '', file: '', level: 'silent', text: `No comment: ${reason}.` }
    case 'refused': {
      const isReadOnly = outcome.cause === 'read-only'
      const file = isReadOnly ? writeStepFile('coverage-upload-gate', 'comment.json', commentFile(view)) : ''
      return { url: '', file, level: isReadOnly ? 'notice' : 'warning', text: outcome.reason }
    }
    default:
      return {
        url: outcome.url,
        file: '',
        level: 'silent',
        text: `Comment ${outcome.kind}: ${outcome.url}`,
      }
  }
}
