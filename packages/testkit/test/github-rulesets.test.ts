import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHubLab, githubLab, repo } from './github-lab.ts'

let lab: GitHubLab

beforeEach(async () => {
  lab = await githubLab()
})
afterEach(async () => {
  await lab.github.close()
  expect(lab.github.violations).toEqual([])
})

const create = (name = 'tags') =>
  lab.octokit.repos.createRepoRuleset({
    ...repo,
    name,
    target: 'tag',
    enforcement: 'active',
    conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } },
    rules: [{ type: 'deletion' }],
  })

describe('rulesets', () => {
  it('are listed without what they demand, and read with it', async () => {
    const { data: made } = await create()
    const { data: listed } = await lab.octokit.repos.getRepoRulesets(repo)
    expect(listed).toMatchObject([{ id: made.id, name: 'tags', source_type: 'Repository' }])
    expect(listed[0]).not.toHaveProperty('rules')
    const { data: whole } = await lab.octokit.repos.getRepoRuleset({ ...repo, ruleset_id: made.id })
    expect(whole).toMatchObject({ rules: [{ type: 'deletion' }], bypass_actors: [] })
  })

  it('are of one name each', async () => {
    await create()
    await expect(create()).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('must be unique'),
    })
  })

  it('hide who is let through from a token that may not change them, and are not changed by it', async () => {
    const { data: made } = await create()
    lab.github.settings.permissions = { contents: 'write', administration: 'read' }
    const { data: whole } = await lab.octokit.repos.getRepoRuleset({ ...repo, ruleset_id: made.id })
    expect(whole).not.toHaveProperty('bypass_actors')
    await expect(create('another')).rejects.toMatchObject({ status: 403 })
  })

  it('are changed in the fields that are sent', async () => {
    const { data: made } = await create()
    await lab.octokit.repos.updateRepoRuleset({ ...repo, ruleset_id: made.id, enforcement: 'disabled' })
    expect(lab.github.rulesets).toMatchObject([{ enforcement: 'disabled', rules: [{ type: 'deletion' }] }])
  })
})
