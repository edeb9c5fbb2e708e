import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse, wordsOf } from '../client.ts'
import { explained, settled } from '../settled.ts'
import { addLabels } from './labels.ts'
import { asPull, openPulls, type PullRequest } from './open-pulls.ts'

export interface PullWish {
  /** `owner/name` */
  readonly repository: string
  /** Branch of the same repository. */
  readonly head: string
  readonly base: string
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  /** Which of the other open pull requests to `base`, from this repository, are closed in favour of this one. */
  readonly closeOlder?: (pull: PullRequest) => boolean
}

export interface PullOutcome {
  readonly kind: 'created' | 'updated' | 'unchanged'
  readonly number: number
  readonly url: string
  /** Numbers of older ones that were closed. */
  readonly closed: readonly number[]
  /** Why it lacks labels. */
  readonly labelProblem?: string
}

const NOT_PERMITTED = /not permitted to create or approve pull requests/i

/**
 * Keeps one open pull request of a branch: opens it, or gives it this title and text. Labels are added, none is taken away;
 * trouble with them is told, not thrown. Needs `pull-requests: write`.
 * Throws UserErrors BUMP_PR_NOT_ALLOWED, BUMP_FORBIDDEN and BUMP_NO_ANSWER.
 */
export async function upsertPull(client: GitHubClient, wish: PullWish): Promise<PullOutcome> {
  const path = `/repos/${wish.repository}/pulls`
  const { head, base, title, body } = wish
  const { kind, value: pull } = await settled(client, {
    call: `POST ${path}`,
    needs: 'pull-requests: write',
    read: async () => (await openPulls(client, wish)).find(each => each.head === head),
    write: () => client.request('POST', path, { body: { head, base, title, body } }),
    made: answer => opened(answer, path),
  })
  const changed = kind === 'already' && (await edited(client, wish, pull))
  const labelProblem = await addLabels(client, wish, pull)
  return {
    kind: kind === 'created' ? 'created' : changed ? 'updated' : 'unchanged',
    number: pull.number,
    url: pull.url,
    closed: await closeOthers(client, wish),
    ...(labelProblem ? { labelProblem } : {}),
  }
}

function opened(answer: GitHubResponse, path: string): PullRequest | undefined {
  if (answer.status === 201) return asPull(answer.body)
  const words = wordsOf(answer)
  if (NOT_PERMITTED.test(words)) {
    throw new UserError(
      'BUMP_PR_NOT_ALLOWED: repository setting "Allow GitHub Actions to create and approve pull requests" is off; turn it on or pass an App token',
    )
  }
  if (/A pull request already exists/i.test(words)) return undefined
  throw new GitHubRefusal(`POST ${path}`, answer)
}

/** True when title or text had to be changed. */
async function edited(client: GitHubClient, { title, body, repository }: PullWish, pull: PullRequest) {
  if (pull.title === title && asStored(pull.body) === asStored(body)) return false
  await patch(client, repository, pull.number, { title, body })
  return true
}

async function closeOthers(client: GitHubClient, wish: PullWish): Promise<number[]> {
  const { closeOlder, repository, head } = wish
  if (!closeOlder) return []
  const needs = { call: `GET /repos/${repository}/pulls`, needs: 'pull-requests: read' }
  const open = await explained(client, needs, () => openPulls(client, { ...wish, head: undefined }))
  const older = open.filter(pull => pull.head !== head && closeOlder(pull))
  for (const { number } of older) await patch(client, repository, number, { state: 'closed' })
  return older.map(({ number }) => number)
}

/** The same edit twice is the same edit: it may be sent again. */
async function patch(client: GitHubClient, repository: string, number: number, body: object): Promise<void> {
  const path = `/repos/${repository}/pulls/${number}`
  await explained(client, { call: `PATCH ${path}`, needs: 'pull-requests: write' }, async () => {
    const answer = await client.request('PATCH', path, { body })
    if (answer.status !== 200) throw new GitHubRefusal(`PATCH ${path}`, answer)
  })
}

/** Web forms turn line ends into CRLF. */
function asStored(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd()
}
