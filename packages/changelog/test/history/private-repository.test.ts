import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { gitAt } from '@tokenledger/kit'
import { bareClone, gitIn } from '@tokenledger/testkit'
import { type GitServer, headerWith, startGitServer } from '../../../coverage/test/patch/git-server.ts'
import { releaseHistory } from '../../src/history/release-history.ts'
import { server } from './clones.ts'

const TOKEN = 'ghs_runnertoken'
const source = server()
let remote: GitServer

beforeAll(async () => {
  source.git('tag', 'v1')
  source.commits(120)
  remote = await startGitServer(bareClone(source), TOKEN)
})
afterAll(() => remote.close())

/** A checkout of depth 1 without credentials, as `persist-credentials: false` leaves it. */
function historyWith(token: string | undefined) {
  const root = source.checkout(1)
  gitIn(root)('remote', 'set-url', 'origin', remote.repository)
  const git = gitAt(root, { serverUrl: remote.url, token })
  return releaseHistory(git, { choose: tags => tags.find(({ tag }) => tag === 'v1') })
}

describe('the history of a private repository', () => {
  it('is fetched with the token, and with nothing else', async () => {
    const before = remote.requests.length
    const { previous, commits } = await historyWith(TOKEN)
    expect([previous?.tag, commits.length]).toEqual(['v1', 120])
    const headers = remote.requests.slice(before).map(request => request.headers.authorization)
    expect(new Set(headers)).toEqual(new Set([headerWith(TOKEN)]))
  })

  it.each([
    ['without a token', undefined, 'no credentials'],
    ['with a token that may not read', 'ghs_weak', '403'],
  ])('cannot be had %s', async (_, token, why) => {
    await expect(historyWith(token)).rejects.toThrow(
      `HISTORY_MISSING: the checkout is shallow and its tags cannot be listed (${why}); set fetch-depth: 0`,
    )
  })
})
