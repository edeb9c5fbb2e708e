import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { event, gitIn, pullRequest, pullRequestEvent, tempDir } from '@tokenledger/testkit'
import type { Changes } from '../../src/patch/changes.ts'
import { readChanges } from '../../src/patch/read-changes.ts'
import { at, changesIn, linesOf } from './changes-in.ts'

const lineAt = (root: string, path: string, line: number) =>
  readFileSync(join(root, path), 'utf8').split('\n')[line - 1]

describe('the changes of a pull request whose base gained five lines above the edit', () => {
  const pr = pullRequest({ 'added é.py': 'a\nb\n' })

  it.each([0, 1, 2, 5])(
    'are lines of the tested merge at depth %i, and known by their line in the head',
    async depth => {
      const root = at(pr, depth)
      const changes = await changesIn({ root, event: pullRequestEvent(pr) })
      expect(linesOf(changes)).toEqual({ 'app.py': [25], 'added é.py': [1, 2] })
      expect(lineAt(root, 'app.py', 25)).toBe('line_20 = "edited"')
      expect(changes.headLine('app.py', 25)).toBe(20)
      expect(changes.headLine('app.py', 3)).toBeUndefined()
      expect(changes.headLine('added é.py', 2)).toBe(2)
      expect(changes.base).toBe(pr.base)
      const [base, merge] = [pr.base.slice(0, 7), pr.merge.slice(0, 7)]
      expect(changes.source).toBe(`git diff ${base}..${merge}, the merge commit against its first parent`)
      expect(changes.notComparable.size).toBe(0)
    },
  )

  it('leave a whole clone whole, and a shallow one usable', async () => {
    const whole = at(pr, 0)
    await changesIn({ root: whole, event: pullRequestEvent(pr) })
    expect(existsSync(join(whole, '.git/shallow'))).toBe(false)
    expect(gitIn(whole)('rev-list', '--count', 'HEAD')).toBe('4')
    const shallow = at(pr, 1)
    await changesIn({ root: shallow, event: pullRequestEvent(pr) })
    expect(gitIn(shallow)('status', '--porcelain')).toBe('')
    expect(gitIn(shallow)('fsck', '--connectivity-only', '--no-dangling')).toBe('')
  })

  it('are read a second time without network', async () => {
    const root = at(pr, 1)
    const first = await changesIn({ root, event: pullRequestEvent(pr) })
    gitIn(root)('remote', 'remove', 'origin')
    const second = await changesIn({ root, event: pullRequestEvent(pr) })
    expect(linesOf(second)).toEqual(linesOf(first))
    expect(second.headLine('app.py', 25)).toBe(20)
  })

  it('are lines of the head when the head is checked out whole', async () => {
    const changes = await changesIn({ root: at(pr, 0, pr.head), event: pullRequestEvent(pr) })
    expect(linesOf(changes)).toEqual({ 'app.py': [20], 'added é.py': [1, 2] })
    expect(changes.headLine('app.py', 20)).toBe(20)
    expect(changes.base).toBe(pr.fork)
  })

  it('cannot be told in a shallow checkout of the head without the API, and the text says what to set', async () => {
    const reading = changesIn({ root: at(pr, 1, pr.head), event: pullRequestEvent(pr) })
    await expect(reading).rejects.toThrow(
      `Cannot read the changes of this pull request: the checkout is shallow, so the commit that HEAD and base ${pr.base.slice(0, 7)} share is unknown (no github-token). Set fetch-depth: 0, or give github-token contents:read.`,
    )
  })

  it('fail with parent, cause and remedy when the parent cannot be fetched', async () => {
    const root = at(pr, 1)
    gitIn(root)('remote', 'set-url', 'origin', `file://${tempDir()}/gone`)
    const error = await changesIn({ root, event: pullRequestEvent(pr) }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'UserError' })
    expect(String(error)).toMatch(
      /^UserError: Cannot read the changes of this pull request: parent [0-9a-f]{7} is not in the checkout and fetching it failed \(.+\)\. Keep actions\/checkout's credentials, set fetch-depth: 2, or give github-token contents:read\.$/,
    )
  })

  it('are read when the head alone cannot be fetched', async () => {
    const root = at(pr, 1)
    const onlyMain = tempDir('only-main-')
    gitIn(onlyMain)(
      'clone',
      '--quiet',
      '--bare',
      '--single-branch',
      '--branch',
      'main',
      `file://${pr.server}`,
      '.',
    )
    gitIn(root)('remote', 'set-url', 'origin', `file://${onlyMain}`)
    const changes = await changesIn({ root, event: pullRequestEvent(pr) })
    expect(linesOf(changes)).toMatchObject({ 'app.py': [25] })
    expect(changes.headLine('app.py', 25)).toBeUndefined()
  })

  it('are annotated without lines when the head can be had from nobody', async () => {
    const root = at(pr, 1)
    gitIn(root)('fetch', '--quiet', '--depth=1', 'origin', pr.base)
    gitIn(root)('remote', 'remove', 'origin')
    const changes = await changesIn({ root, event: pullRequestEvent(pr) })
    expect(linesOf(changes)).toMatchObject({ 'app.py': [25] })
    expect(changes.headLine('app.py', 25)).toBeUndefined()
  })
})

describe('the changes of other events', () => {
  const pr = pullRequest()
  const app = (changes: Changes) => changes.files.get('app.py')

  it('are what a push brought, in one fetch at depth 1', async () => {
    const pushed = event('push', { before: pr.fork, after: pr.base })
    const changes = await changesIn({ root: at(pr, 1, pr.base), event: pushed })
    expect(linesOf(changes)).toEqual({ 'app.py': [1, 2, 3, 4, 5], 'brought.py': [1] })
    expect(changes.headLine('app.py', 3)).toBe(3)
  })

  it('are what a merge group adds to its base', async () => {
    const group = event('merge_group', { merge_group: { base_sha: pr.base, head_sha: pr.merge } })
    expect(app(await changesIn({ root: at(pr, 1), event: group }))).toEqual([25])
  })

  it.each([
    ['a branch', 'main', 0],
    ['a commit', 'fork', 0],
    ['a branch that the merge commit names as its parent', 'main', 1],
    ['a branch of a shallow clone with enough history', 'main', 5],
  ] as const)('are those since HEAD left patch-base: %s', async (_, name, depth) => {
    const patchBase = name === 'fork' ? pr.fork : name
    const changes = await changesIn({ root: at(pr, depth), event: event('workflow_dispatch'), patchBase })
    expect(app(changes)).toEqual(name === 'fork' ? [1, 2, 3, 4, 5, 25] : [25])
    expect(changes.source).toContain(`against patch-base "${patchBase}"`)
  })

  it('are those since the branch of the server, not since a local one of its name, which may be old', async () => {
    const root = at(pr, 0)
    gitIn(root)('branch', 'main', pr.fork)
    const changes = await changesIn({ root, event: event('workflow_dispatch'), patchBase: 'main' })
    expect(app(changes)).toEqual([25])
  })

  it('bring a branch that a whole clone lacks and leave its history whole', async () => {
    const root = at(pr, 0)
    const git = gitIn(root)
    git('update-ref', '-d', 'refs/remotes/origin/feature')
    expect(app(await changesIn({ root, event: event('push'), patchBase: 'feature' }))).toEqual([
      1, 2, 3, 4, 5,
    ])
    expect([existsSync(join(root, '.git/shallow')), git('rev-list', '--count', 'HEAD')]).toEqual([false, '4'])
  })

  it('keep to the head of the pull request for annotations, whatever patch-base is', async () => {
    const changes = await changesIn({ root: at(pr, 1), event: pullRequestEvent(pr), patchBase: 'main' })
    expect(changes.headLine('app.py', 25)).toBe(20)
  })

  it('fail for a patch-base that nobody knows, and for an option in its place', async () => {
    const request = { root: at(pr, 0), event: event('push') }
    await expect(changesIn({ ...request, patchBase: 'nope' })).rejects.toThrow(
      'Cannot read the changes of this commit: patch-base "nope" is not in the checkout and fetching it failed (the server does not have it).',
    )
    await expect(changesIn({ ...request, patchBase: '--upload-pack=x' })).rejects.toThrow(
      'Input patch-base is "--upload-pack=x"; give "auto", or a branch, tag or commit.',
    )
  })

  it('are none where there is no change, and nothing is fetched', async () => {
    const read = await readChanges({
      root: at(pr, 1),
      event: event('schedule'),
      patchBase: '',
      isMeasured: () => true,
    })
    expect(read).toEqual({
      kind: 'none',
      reason: 'the event schedule is about no change; patch-base can name what to compare with',
    })
  })

  it('fail without a repository', async () => {
    const reading = changesIn({ root: tempDir('empty-'), event: pullRequestEvent(pr) })
    await expect(reading).rejects.toThrow('fetching it failed (there is no git repository)')
  })
})
