import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { event, tempDir } from '@tokenledger/testkit'
import { readEvent } from '../../src/changes/event.ts'
import { findBase, testedPull } from '../../src/changes/find-base.ts'

const hash = (digit: string) => digit.repeat(40)
const [MERGE, BASE, HEAD, OLD, OTHER] = [hash('a'), hash('b'), hash('c'), hash('d'), hash('e')] as const
const pull = { number: 7, base: { sha: OLD, ref: 'main' }, head: { sha: HEAD } }
const onPull = event('pull_request', { pull_request: pull }, { ref: 'refs/pull/7/merge', sha: MERGE })
const merge = { head: MERGE, parents: [BASE, HEAD] }
const plain = (head: string) => ({ head, parents: [OTHER] })

describe('what the tested tree is a change against', () => {
  it('is the first parent of the merge commit of a pull request, not the base that the event names, which may be older', () => {
    expect(findBase(onPull, merge, 'auto')).toEqual({
      kind: 'comparison',
      revision: BASE,
      relation: 'ancestor',
      name: 'parent bbbbbbb',
      change: 'this pull request',
      depth: 2,
      why: 'the merge commit against its first parent',
    })
    expect(testedPull(onPull, merge)).toEqual({ number: 7, head: HEAD, tested: 'merge' })
  })

  it('is the same when GitHub made the merge of a newer head than the event names', () => {
    const newer = { head: MERGE, parents: [BASE, OTHER] }
    expect(findBase(onPull, newer, '')).toMatchObject({ revision: BASE, relation: 'ancestor' })
    expect(testedPull(onPull, newer)).toEqual({ number: 7, head: OTHER, tested: 'merge' })
  })

  it('is the same when the merge was checked out by a workflow that is not run on it', () => {
    const target = event('pull_request_target', { pull_request: pull }, { sha: OLD })
    expect(findBase(target, merge, 'auto')).toMatchObject({ revision: BASE, relation: 'ancestor' })
    expect(testedPull(target, merge)).toEqual({ number: 7, head: HEAD, tested: 'merge' })
  })

  it('is where the head left the base when the head is checked out, also when the head is a merge itself', () => {
    for (const checkout of [plain(HEAD), { head: HEAD, parents: [OTHER, BASE] }]) {
      expect(findBase(onPull, checkout, 'auto')).toMatchObject({
        revision: OLD,
        relation: 'fork-point',
        name: 'base ddddddd',
        why: 'the head of the pull request against where it left the base branch',
      })
      expect(testedPull(onPull, checkout)).toEqual({ number: 7, head: HEAD, tested: 'head' })
    }
  })

  it('is where it left the base for another commit, which is not taken for the pull request', () => {
    expect(findBase(onPull, plain(OTHER), 'auto')).toMatchObject({ revision: OLD, relation: 'fork-point' })
    expect(testedPull(onPull, plain(OTHER))).toBeUndefined()
  })

  it('is nothing for pull_request_target, which checks out the base branch, be its tip a merge or not', () => {
    const target = event('pull_request_target', { pull_request: pull }, { sha: BASE })
    for (const checkout of [plain(BASE), { head: BASE, parents: [OTHER, OLD] }]) {
      expect(findBase(target, checkout, 'auto')).toMatchObject({
        kind: 'none',
        reason: expect.stringContaining("has none of the pull request's changes"),
      })
    }
    expect(findBase(target, plain(HEAD), 'auto')).toMatchObject({ revision: OLD, relation: 'fork-point' })
  })

  it('is the commit before a push', () => {
    expect(findBase(event('push', { before: OLD, after: HEAD }), plain(HEAD), 'auto')).toMatchObject({
      revision: OLD,
      relation: 'ancestor',
      change: 'this push',
    })
  })

  it.each([
    ['a first push', event('push', { before: hash('0'), after: HEAD }), 'the first push of the branch main'],
    ['a forced push', event('push', { before: OLD, forced: true }), 'the push was forced'],
    ['a tag', event('push', { before: hash('0') }, { ref: 'refs/tags/v1' }), 'the tag v1 was pushed'],
    ['a schedule', event('schedule'), 'the event schedule is about no change'],
    ['a dispatch', event('workflow_dispatch'), 'the event workflow_dispatch is about no change'],
    ['no event', event(''), 'a run outside of GitHub is about no change'],
    ['a merge group without base', event('merge_group', {}), 'the merge group names no base'],
    [
      'a pull request without base',
      event('pull_request', { pull_request: {} }),
      'the event names no base commit',
    ],
  ])('is nothing for %s, and the reason says so', (_, facts, reason) => {
    const base = findBase(facts, plain(HEAD), 'auto')
    expect(base).toMatchObject({ kind: 'none', reason: expect.stringContaining(reason) })
  })

  it('is the base of a merge group', () => {
    const group = event('merge_group', { merge_group: { base_sha: OLD, head_sha: HEAD } })
    const expected = { revision: OLD, relation: 'ancestor', change: 'this merge group' }
    expect(findBase(group, plain(HEAD), 'auto')).toMatchObject(expected)
  })

  it('is what patch-base names, whatever the event is', () => {
    for (const facts of [onPull, event('schedule'), event('push', { before: hash('0') })]) {
      expect(findBase(facts, merge, 'release/1')).toMatchObject({
        revision: 'release/1',
        relation: 'fork-point',
        name: 'patch-base "release/1"',
      })
    }
    expect(findBase(onPull, merge, BASE)).toMatchObject({ revision: BASE, relation: 'ancestor' })
  })
})

describe('readEvent', () => {
  it("reads GitHub's variables and the payload", async () => {
    const path = join(tempDir(), 'event.json')
    writeFileSync(path, JSON.stringify({ before: OLD }))
    const env = {
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/x',
      GITHUB_SHA: HEAD,
      GITHUB_EVENT_PATH: path,
    }
    expect(await readEvent(env)).toEqual(event('push', { before: OLD }, { ref: 'refs/heads/x', sha: HEAD }))
  })

  it('finds nothing outside of GitHub', async () => {
    expect(await readEvent({})).toEqual(event('', {}, { ref: '' }))
    expect((await readEvent({ GITHUB_EVENT_PATH: '/nowhere' })).payload).toEqual({})
  })
})
