import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import {
  ensureImmutableReleases,
  ensureWorkflowPermissions,
  readWorkflowPermissions,
  releasesAreImmutable,
} from '../../src/index.ts'
import { type Remote, remote, repository } from '../repository.ts'

let here: Remote

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

describe('workflow permissions', () => {
  it('are brought to what is wished, and the rest of them stays', async () => {
    const wish = { defaultAccess: 'read' } as const
    expect(await ensureWorkflowPermissions(here.client, repository, wish)).toBe('changed')
    expect(await ensureWorkflowPermissions(here.client, repository, wish)).toBe('already')
    expect(await readWorkflowPermissions(here.client, repository)).toEqual({
      defaultAccess: 'read',
      mayOpenPulls: true,
    })
  })

  it('cannot be changed where the organization decides', async () => {
    here.github.settings.decidedByOwner = true
    await expect(
      ensureWorkflowPermissions(here.client, repository, { defaultAccess: 'read' }),
    ).rejects.toThrow(/_ORGANIZATION: 409 from PUT .*ask its owner/)
  })
})

describe('immutable releases', () => {
  it('are turned on once, also when the answer is lost', async () => {
    expect(await releasesAreImmutable(here.client, repository)).toBe(false)
    here.github.breakAt({ operation: 'PUT', phase: 'after', with: BREAKS.reset, times: 4 })
    expect(await ensureImmutableReleases(here.client, repository)).toBe('changed')
    expect(await ensureImmutableReleases(here.client, repository)).toBe('already')
    expect(here.github.settings.immutableReleases).toBe(true)
  })
})
