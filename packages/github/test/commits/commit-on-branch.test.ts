import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, gitIn } from '@tokenledger/testkit'
import { type CommitWish, commitOnBranch } from '../../src/index.ts'
import { RELEASE_COMMIT, type Remote, remote, repository, TRAILER } from '../repository.ts'

let here: Remote

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const commit = (wish: Partial<CommitWish> = {}) =>
  commitOnBranch(here.client, {
    ...RELEASE_COMMIT,
    repository,
    branch: 'main',
    expectedHead: here.main,
    ...wish,
  })
const head = () => here.git('rev-parse', 'main')
const commits = () => Number(here.git('rev-list', '--count', `${here.main}..main`))
/** Somebody's commit on main. */
const push = (message: string) => {
  here.git(
    'update-ref',
    'refs/heads/main',
    here.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', message),
  )
  return head()
}
const MUTATION = 'createCommitOnBranch'

describe('commitOnBranch', () => {
  it('makes one verified commit with message, new content and deletions', async () => {
    expect(await commit()).toEqual({ kind: 'created', sha: head(), verified: true })
    expect(here.git('log', '-1', '--format=%P %B', 'main')).toBe(`${here.main} ${RELEASE_COMMIT.message}`)
    expect(here.git('diff', '--name-status', here.main, 'main')).toBe('D\told.txt\nM\tpkg/__init__.py')
    expect(here.git('show', 'main:pkg/__init__.py')).toBe('__version__ = "1.2.3"')
  })

  it('takes the commit of an earlier run', async () => {
    const { sha } = await commit()
    expect(await commit()).toEqual({ kind: 'already', sha, verified: true })
    expect(commits()).toBe(1)
  })

  it('writes bytes as they are', async () => {
    const content = Uint8Array.from([0, 255, 13, 10])
    await commit({ additions: [{ path: 'a.bin', content }] })
    expect(here.git('cat-file', '-s', 'main:a.bin')).toBe('4')
  })

  it('says that GitHub did not sign', async () => {
    here.github.settings.signsCommits = false
    expect(await commit()).toMatchObject({ verified: false })
  })

  it.each(
    (['before', 'after'] as const).flatMap(phase =>
      (['badGateway', 'reset', 'wentWrong'] as const).map(fault => [fault, phase] as const),
    ),
  )('makes one commit when there is %s %s its effect', async (fault, phase) => {
    const message = 'Something went wrong while executing your query.'
    const wentWrong = { status: 200, body: { data: null, errors: [{ message }] } }
    const broken = { ...BREAKS, wentWrong }[fault]
    here.github.breakAt({ operation: MUTATION, phase, with: broken })
    expect(await commit()).toEqual({ kind: 'created', sha: head(), verified: true })
    expect(commits()).toBe(1)
  })

  it('waits for rate limits', async () => {
    here.github.breakAt({ operation: MUTATION, phase: 'before', with: BREAKS.secondaryLimit })
    expect(await commit()).toMatchObject({ kind: 'created' })
    expect(commits()).toBe(1)
  })

  it('gives up when GitHub stays away, and a second run goes on', async () => {
    const end = here.github.onRequest(({ operation, phase }) =>
      operation.includes(MUTATION) && phase === 'before' ? BREAKS.badGateway : undefined,
    )
    await expect(commit()).rejects.toMatchObject({
      name: 'UserError',
      message:
        'BUMP_NO_ANSWER: GraphQL createCommitOnBranch got no answer from GitHub (502 <html>Bad Gateway</html>); run this job again, it goes on where it stopped',
    })
    end()
    expect(await commit()).toMatchObject({ kind: 'created' })
    expect(commits()).toBe(1)
  })

  it('says that the branch has moved, before and while it commits', async () => {
    const moved = push('feat: more')
    await expect(commit()).rejects.toMatchObject({
      name: 'UserError',
      message: `BUMP_STALE: main moved from ${here.main} to ${moved} while bumping`,
    })
    let again = ''
    here.github.onRequest(({ operation, phase }) => {
      if (operation.includes(MUTATION) && phase === 'before') again ||= push('feat: again')
      return undefined
    })
    const error = await commit({ expectedHead: moved }).catch(error => error)
    expect(error.message).toBe(`BUMP_STALE: main moved from ${moved} to ${again} while bumping`)
    expect(head()).toBe(again)
  })

  it("does not take somebody's commit with another trailer, nor ours further down, for its own", async () => {
    const other = push(`chore: x\n\n${TRAILER}4`)
    await expect(commit()).rejects.toThrow(`BUMP_STALE: main moved from ${here.main} to ${other}`)
    await commit({ expectedHead: other })
    const own = head()
    await expect(commit()).rejects.toThrow(`BUMP_STALE: main moved from ${here.main} to ${own}`)
    const top = push('feat: on top')
    await expect(commit({ expectedHead: other })).rejects.toThrow(
      `BUMP_STALE: main moved from ${other} to ${top}`,
    )
  })

  it.each([
    [{ path: 'run.sh', content: 'false\n' }, 'run.sh is executable'],
    [{ path: 'pkg', content: 'x' }, 'pkg is a folder'],
  ])('refuses %j, which would change its kind', async (addition, words) => {
    await expect(commit({ additions: [addition] })).rejects.toThrow(`BUMP_FILE_MODE: ${words}`)
    expect(commits()).toBe(0)
  })

  it('refuses to write through a symbolic link', async () => {
    const blob = here.git('rev-parse', 'main:old.txt')
    const listed = `${here.git('ls-tree', 'main')}\n120000 blob ${blob}\tlink\n`
    const tree = gitIn(here.git('rev-parse', '--absolute-git-dir'), listed)('mktree')
    const sha = here.git('commit-tree', tree, '-p', 'main', '-m', 'link')
    here.git('update-ref', 'refs/heads/main', sha)
    const additions = [{ path: 'link', content: 'x' }]
    await expect(commit({ expectedHead: sha, additions })).rejects.toThrow('link is a symbolic link')
  })

  it.each([
    [
      { protectedBranches: ['main'] },
      'BUMP_PROTECTED: main does not accept direct commits (Changes must be made through a pull request); use mode: pr',
    ],
    [
      { permissions: { contents: 'read' } } as const,
      'BUMP_FORBIDDEN: 403 from GraphQL createCommitOnBranch: needs "contents: write"',
    ],
  ])('tells what %j refuses', async (settings, message) => {
    Object.assign(here.github.settings, settings)
    await expect(commit()).rejects.toMatchObject({ name: 'UserError', message })
    expect(commits()).toBe(0)
  })
})
