/** GitHub's limit of a comment in characters; longer ones are refused with 422. UTF-16 units, so never one too many. */
export const COMMENT_LIMIT = 65_536

const CUT = "\n\n_Cut here: GitHub's limit of a comment is 65,536 characters._\n"

/** A body within GitHub's limit: a longer one ends at the end of a line, and says so. */
export function withinLimit(body: string): string {
  if (body.length <= COMMENT_LIMIT) return body
  const room = body.slice(0, COMMENT_LIMIT - CUT.length)
  const end = room.lastIndexOf('\n')
  return room.slice(0, end > 0 ? end : room.length) + CUT
}
