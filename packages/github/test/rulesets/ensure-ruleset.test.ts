import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { changedFields, ensureRuleset, findRuleset, listRulesets, type RulesetWish } from '../../src/index.ts'
import { type Remote, remote, repository } from '../repository.ts'

const wish: RulesetWish = {
  name: 'tags',
  target: 'tag',
  enforcement: 'active',
  bypass_actors: [],
  conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } },
  rules: [{ type: 'update' }, { type: 'deletion' }],
}
let here: Remote

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const ensure = (of = wish) => ensureRuleset(here.client, repository, of)
const writes = () => here.github.requests.filter(({ method }) => method !== 'GET').length

describe('ensureRuleset', () => {
  it('makes a ruleset once, and changes it where it differs', async () => {
    expect(await ensure()).toMatchObject({ kind: 'created' })
    expect(await ensure()).toMatchObject({ kind: 'already' })
    expect(writes()).toBe(1)
    const stricter = { ...wish, rules: [...wish.rules, { type: 'creation' }] }
    expect(await ensure(stricter)).toMatchObject({ kind: 'changed' })
    expect(here.github.rulesets).toMatchObject([{ name: 'tags', rules: stricter.rules }])
  })

  it('leaves a ruleset of another name alone', async () => {
    await ensure({ ...wish, name: 'by hand' })
    const before = structuredClone(here.github.rulesets[0])
    await ensure()
    expect(here.github.rulesets[0]).toEqual(before)
    expect((await listRulesets(here.client, repository)).map(({ name }) => name)).toEqual(['by hand', 'tags'])
  })

  it.each([
    ['POST', 'before', BREAKS.reset],
    ['POST', 'after', BREAKS.reset],
    ['POST', 'after', BREAKS.badGateway],
  ] as const)('makes one ruleset when %s breaks %s its effect', async (operation, phase, broken) => {
    here.github.breakAt({ operation, phase, with: broken })
    expect(await ensure()).toMatchObject({ kind: 'created' })
    expect(here.github.rulesets).toHaveLength(1)
  })

  it('takes the ruleset that somebody else makes meanwhile, and brings it to what is wished', async () => {
    let done = false
    here.github.onRequest(async ({ operation, phase }) => {
      if (done || phase !== 'before' || !operation.startsWith('POST')) return undefined
      done = true
      await ensure({ ...wish, rules: [{ type: 'update' }] })
      return undefined
    })
    expect(await ensure()).toMatchObject({ kind: 'changed' })
    expect(here.github.rulesets).toMatchObject([{ rules: wish.rules }])
  })

  it('says what a token lacks that may not administer', async () => {
    here.github.settings.permissions = { contents: 'write' }
    await expect(ensure()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('"Administration: read and write"'),
    })
  })
})

describe('changedFields', () => {
  it('names what differs, and nothing that GitHub adds by itself', async () => {
    const review = { required_approving_review_count: 1, dismiss_stale_reviews_on_push: true }
    const parameters = {
      ...review,
      require_code_owner_review: false,
      require_last_push_approval: false,
      required_review_thread_resolution: true,
    }
    const branch: RulesetWish = { ...wish, target: 'branch', rules: [{ type: 'pull_request', parameters }] }
    await ensure(branch)
    const live = await findRuleset(here.client, repository, 'tags')
    if (!live) throw new Error('no ruleset')
    expect(changedFields(branch, live)).toEqual([])
    const two = { ...parameters, required_approving_review_count: 2 }
    const rules = [{ type: 'pull_request', parameters: two }, { type: 'deletion' }]
    expect(changedFields({ ...branch, rules }, { ...live, enforcement: 'disabled' })).toEqual([
      { field: 'enforcement', from: 'disabled', to: 'active' },
      { field: 'pull_request.required_approving_review_count', from: 1, to: 2 },
      { field: 'deletion', to: true },
    ])
  })

  it('counts who is let through, also where the token is not told', () => {
    const live = { ...wish, id: 1, conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } } }
    const admin = { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }
    expect(changedFields(wish, { ...live, bypass_actors: [admin] })).toEqual([
      { field: 'bypass_actors', from: [admin], to: [] },
    ])
    const { bypass_actors: _, ...hidden } = live
    expect(changedFields(wish, hidden)).toEqual([{ field: 'bypass_actors', to: [] }])
  })
})
