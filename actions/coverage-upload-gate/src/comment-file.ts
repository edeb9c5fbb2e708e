import type { CoverageView, Links } from '@tokenledger/coverage'
import { readView } from '@tokenledger/coverage'
import { messageOf, UserError } from '@tokenledger/kit'

/** Changes when a view of it cannot be read by an older reader. */
const FORMAT = 1

/** A view without what the reader has to know by itself: where the comment goes, and links that could lead anywhere. */
export function commentFile(view: CoverageView): string {
  const { links: _links, upload: _upload, ...rest } = view
  return `${JSON.stringify({ format: FORMAT, view: rest })}\n`
}

/**
 * Reads what a run for a fork has left. Its content is data of somebody who may not write here: every field is checked, the
 * links are our own, and the text is escaped when it is shown. A UserError when it is no such file.
 */
export function readCommentFile(text: string, links: Links): CoverageView {
  try {
    const { format, view } = JSON.parse(text)
    if (format !== FORMAT) throw new Error(`its format is ${String(format).slice(0, 20)} and not ${FORMAT}`)
    return { ...readView(view), links }
  } catch (error) {
    throw new UserError(
      `The file of comment-from is no report of this action (${messageOf(error).slice(0, 200)}). Give the output comment-file of the run that tested the pull request; both runs have to use the same version.`,
    )
  }
}
