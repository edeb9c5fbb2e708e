import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { ensureTag, tagExists, tagTarget } from '../../src/index.ts'
import { type Remote, remote, repository } from '../repository.ts'

let here: Remote

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const ensure = (sha = here.main) =>
  ensureTag(here.client, { repository, tag: 'v1.2.3', sha, message: 'Release 1.2.3' })
const another = () => here.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'another')

describe('ensureTag', () => {
  it('makes an annotated tag once', async () => {
    expect(await ensure()).toEqual({ kind: 'created', sha: here.main })
    expect(await ensure()).toEqual({ kind: 'already', sha: here.main })
    const shown = here.git('for-each-ref', '--format=%(objecttype) %(*objectname) %(contents)', 'refs/tags/')
    expect(shown).toBe(`tag ${here.main} Release 1.2.3`)
  })

  it('never moves a tag, and says where it is', async () => {
    await ensure()
    const outcome = await ensure(another())
    expect(outcome).toEqual({ kind: 'conflict', sha: here.main })
    expect(here.git('rev-parse', 'v1.2.3^{commit}')).toBe(here.main)
    expect(tagExists('v1.2.3', outcome.sha).message).toBe(
      `BUMP_TAG_EXISTS: v1.2.3 already exists at ${here.main}`,
    )
  })

  it.each([
    ['git/tags', 'before', BREAKS.badGateway],
    ['git/tags', 'after', BREAKS.reset],
    ['git/refs', 'before', BREAKS.reset],
    ['git/refs', 'after', BREAKS.badGateway],
    ['git/refs', 'after', BREAKS.reset],
  ] as const)('makes one tag when %s breaks %s its effect', async (operation, phase, broken) => {
    here.github.breakAt({ operation, phase, with: broken })
    expect(await ensure()).toEqual({ kind: 'created', sha: here.main })
    expect(here.git('tag', '--list')).toBe('v1.2.3')
  })

  it('takes the tag that another run made meanwhile', async () => {
    here.github.onRequest(({ operation, phase }) => {
      if (operation.includes('git/refs') && phase === 'before') here.git('tag', 'v1.2.3', here.main)
      return undefined
    })
    expect(await ensure()).toEqual({ kind: 'already', sha: here.main })
  })

  it('says that a ruleset restricts tags', async () => {
    here.github.settings.restrictedTags = ['v*']
    await expect(ensure()).rejects.toMatchObject({
      name: 'UserError',
      message:
        'BUMP_FORBIDDEN: a ruleset does not let this token create tag v1.2.3 (Cannot create ref due to creations being restricted); pass the token of an App on its bypass list',
    })
  })
})

describe('tagTarget', () => {
  it('is the commit, through tags on tags', async () => {
    here.git('tag', 'light', here.main)
    here.git('tag', '--annotate', '--message', 'one', 'one', here.main)
    here.git('tag', '--annotate', '--message', 'two', 'two', 'one')
    here.git('tag', '--annotate', '--message', 'three', 'three', 'two')
    const tags = ['light', 'one', 'two', 'three']
    const targets = await Promise.all(tags.map(tag => tagTarget(here.client, repository, tag)))
    expect(targets).toEqual(tags.map(() => here.main))
    expect(await tagTarget(here.client, repository, 'none')).toBeUndefined()
  })
})
