import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitRepo, gitIn, gitRepo, tempDir } from '@tokenledger/testkit'
import { CleanUp } from '../src/clean-up.ts'
import { startGitHub } from '../src/services/github.ts'
import { commitAll, copyCheckout } from '../src/staging/checkout-copy.ts'
import { requireServed } from '../src/staging/served-commit.ts'

let cleanUp: CleanUp
let source: GitRepo
beforeEach(() => {
  cleanUp = new CleanUp()
  source = gitRepo({ 'a.txt': 'one\n', '.github/workflows/release.yml': 'on: workflow_dispatch\n' })
})
afterEach(() => cleanUp.run())

const started = async () => {
  const copy = await copyCheckout(source.path, join(tempDir(), 'copy'))
  const { sha } = await commitAll(copy)
  return { sha, copy, github: await startGitHub(copy, undefined, tempDir(), cleanUp) }
}

describe("GitHub's stand-in for a run", () => {
  it('tells which branches and tags jobs have made and what they have started', async () => {
    const { sha, copy, github } = await started()
    const call = async (path: string, body: object) => {
      const address = `${github.environment.GITHUB_API_URL}/repos/${copy.repository}${path}`
      const answer = await fetch(address, {
        method: 'POST',
        headers: { authorization: 'Bearer x' },
        body: JSON.stringify(body),
      })
      expect(answer.ok).toBe(true)
    }
    expect(await github.changes()).toEqual([])
    for (const ref of ['refs/heads/next', 'refs/tags/v1']) await call('/git/refs', { ref, sha })
    await call('/actions/workflows/release.yml/dispatches', { ref: 'v1' })
    gitIn(github.repository)('tag', '--annotate', '--message', 'one', 'v2', sha)
    const short = sha.slice(0, 7)
    expect(await github.changes()).toEqual([
      `branch next at ${short}`,
      `tag v1 at ${short}`,
      `tag v2 at ${short}`,
      'release.yml started at v1',
    ])
  })

  it('has to have the commit of the checkout where it is a given one', async () => {
    const { sha, github } = await started()
    await requireServed(github, { sha }, source.path)
    const later = source.commit({ 'a.txt': 'two\n' })
    await expect(requireServed(github, { sha: later }, source.path)).rejects.toThrow(
      `The commit ${later} of ${source.path} is not in ${github.repository}. Commit everything there and push it first.`,
    )
  })
})
