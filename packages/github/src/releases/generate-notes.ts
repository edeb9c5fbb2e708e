import type { GitHubClient } from '../client.ts'
import { settled } from '../settled.ts'
import { forbidden } from '../write-problem.ts'
import { refused } from './release-problem.ts'

export interface NotesWish {
  /** `owner/name` */
  readonly repository: string
  readonly tag: string
  /** Where the changes begin; GitHub's own choice without it. */
  readonly previousTag?: string
}

/**
 * The notes that GitHub writes for a tag; nothing is stored. Needs `contents: write`.
 * Throws UserErrors RELEASE_REFUSED, RELEASE_FORBIDDEN and RELEASE_NO_ANSWER.
 */
export async function generateNotes(
  client: GitHubClient,
  { repository, tag, previousTag }: NotesWish,
): Promise<{ readonly name: string; readonly body: string }> {
  const call = { call: 'POST /releases/generate-notes', needs: 'contents: write' }
  const body = { tag_name: tag, ...(previousTag ? { previous_tag_name: previousTag } : {}) }
  const { value } = await settled(client, {
    ...call,
    // There is nothing to find: each call writes the notes anew.
    read: async () => undefined,
    write: () => client.request('POST', `/repos/${repository}/releases/generate-notes`, { body }),
    made: answer => {
      if (answer.status === 404) throw forbidden(client, 404, call)
      if (answer.status >= 300) throw refused(answer, call, tag)
      const notes = answer.body as { name: string; body: string }
      return { name: notes.name, body: notes.body }
    },
  })
  return value
}
