import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitRepo, tempDir } from '@tokenledger/testkit'
import { eventPayload, refOf } from '../src/act/event-payload.ts'
import { commitAll, copyCheckout } from '../src/staging/checkout-copy.ts'
import { git } from '../src/staging/git.ts'
import { testedCommit } from '../src/staging/pull-request.ts'

async function queued() {
  const source = gitRepo({ 'a.txt': 'one\n' })
  source.git('switch', '--quiet', '--create', 'change')
  source.commit({ 'b.txt': 'two\n' })
  const copy = await copyCheckout(source.path, join(tempDir(), 'copy'))
  const tested = await testedCommit(copy, 'merge_group', await commitAll(copy))
  const { repository, branch, defaultBranch } = copy
  return {
    copy,
    source,
    commit: { repository, branch, defaultBranch, isFork: false, tag: undefined, ...tested },
  }
}

describe('a merge group of a checkout', () => {
  it('is the merge of the branch into the default branch, on a branch of the queue', async () => {
    const { copy, source, commit } = await queued()
    const main = source.git('rev-parse', 'main')
    const ref = `refs/heads/gh-readonly-queue/main/pr-1-${main}`
    expect(refOf('merge_group', commit)).toBe(ref)
    expect(await git(copy.folder, 'rev-parse', ref, 'HEAD')).toBe(`${commit.sha}\n${commit.sha}`)
    expect(await git(copy.folder, 'rev-list', '--parents', '-1', ref)).toBe(
      `${commit.sha} ${main} ${commit.head}`,
    )
  })

  it('is told as GitHub does', async () => {
    const { commit } = await queued()
    expect(eventPayload('merge_group', commit)).toMatchObject({
      action: 'checks_requested',
      merge_group: {
        head_sha: commit.sha,
        head_ref: refOf('merge_group', commit),
        base_sha: commit.base,
        base_ref: 'refs/heads/main',
      },
      repository: { default_branch: 'main' },
    })
  })
})
