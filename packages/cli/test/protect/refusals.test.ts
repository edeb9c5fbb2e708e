import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, type Permissions } from '@tokenledger/testkit'
import { type ProtectLab, protectLab } from './protect-lab.ts'

let here: ProtectLab

beforeEach(async () => {
  here = await protectLab()
})
afterEach(async () => {
  await here.github.close()
  expect(here.github.violations).toEqual([])
})

/** What the call is refused with; always one line. */
async function refusal(...args: string[]): Promise<string> {
  try {
    await here.run(...args)
  } catch (error) {
    expect(error).toMatchObject({ name: 'UserError' })
    const { message } = error as Error
    expect(message).not.toContain('\n')
    return message
  }
  throw new Error('it was not refused')
}

describe('protect tells in one sentence', () => {
  it.each<[string, Permissions]>([
    ['a job', { contents: 'write', 'pull-requests': 'write', actions: 'write' }],
    ['somebody who may only read', { contents: 'read' }],
  ])('that the token of %s may not administer, before it writes', async (_, permissions) => {
    here.github.settings.permissions = permissions
    const said =
      'PROTECT_NOT_ADMINISTRATOR: 403 from GET /repos/acme/consumer/actions/permissions/workflow (Resource not accessible by integration): the token may not administer the repository; take a fine-grained personal access token of one of its administrators, for this repository, with "Administration: read and write", as a job\'s own token never has that'
    expect(await refusal()).toBe(said)
    expect(await refusal('--apply')).toBe(said)
    expect(here.writes()).toEqual([])
  })

  it('that the token may look at the settings but not change them', async () => {
    here.github.settings.permissions = { administration: 'read' }
    expect((await here.run()).code).toBe(1)
    expect(await refusal('--apply')).toMatch(/^PROTECT_NOT_ADMINISTRATOR: 403 from PUT /)
  })

  it('that there is no token, and what does without', async () => {
    delete here.env.GITHUB_TOKEN
    expect(await refusal()).toMatch(/^PROTECT_NO_TOKEN: GITHUB_TOKEN is empty: .*--write/)
    expect(await refusal('--token-env', 'ADMIN')).toContain('ADMIN is empty')
  })

  it('that there is no such repository for this token', async () => {
    expect(await refusal('--repo', 'acme/another')).toMatch(/^PROTECT_NOT_FOUND: .*acme\/another/)
  })

  it('that the plan of the owner has no rulesets', async () => {
    const message = 'Upgrade to GitHub Pro or make this repository public to enable this feature.'
    here.github.breakAt({ operation: '/rulesets', phase: 'before', with: { status: 403, body: { message } } })
    expect(await refusal()).toMatch(/^PROTECT_PLAN: .*make the repository public/)
  })

  it('that an organization decides', async () => {
    here.github.settings.decidedByOwner = true
    expect(await refusal('--apply')).toMatch(/^PROTECT_ORGANIZATION: 409 from PUT .*ask its owner/)
  })

  it('that GitHub refuses a write', async () => {
    here.github.breakAt({ operation: 'POST', phase: 'before', with: BREAKS.forbidden })
    expect(await refusal('--apply')).toMatch(/^PROTECT_NOT_ADMINISTRATOR: 403 from POST/)
  })

  it('that the folder has no remote', async () => {
    here.checkout.git('remote', 'remove', 'origin')
    expect(await refusal()).toContain('--repo OWNER/NAME')
  })
})
