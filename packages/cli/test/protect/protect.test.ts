import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Ruleset } from '@tokenledger/testkit'
import { type ProtectLab, protectLab } from './protect-lab.ts'

let here: ProtectLab

beforeEach(async () => {
  here = await protectLab({ actionsMayOpenPulls: false })
})
afterEach(async () => {
  await here.github.close()
  expect(here.github.violations).toEqual([])
})

const rulesetOf = (name: string) => here.github.rulesets.find(ruleset => ruleset.name.endsWith(name))

describe('protect', () => {
  it('plans everything of a repository without protection, and changes nothing', async () => {
    const { code, printed } = await here.run()
    expect(code).toBe(1)
    expect(here.writes()).toEqual([])
    expect(printed.split('\n')).toEqual([
      'acme/consumer',
      'change  workflow permissions',
      '          default permissions: write → read',
      '          Actions may create and approve pull requests: false → true',
      'change  immutable releases',
      '          enabled: false → true',
      'create  ruleset "tokenledger-actions: release tags"',
      '          for refs/tags/v*; nobody passes by',
      '          deletion',
      '          update',
      'create  ruleset "tokenledger-actions: default branch"',
      '          for ~DEFAULT_BRANCH; nobody passes by',
      '          deletion',
      '          non_fast_forward',
      '          pull_request',
      '            required_approving_review_count: 1',
      '            dismiss_stale_reviews_on_push: true',
      '            require_code_owner_review: false',
      '            require_last_push_approval: false',
      '            required_review_thread_resolution: true',
      '          required_status_checks',
      '            strict_required_status_checks_policy: true',
      '            required_status_checks: ci / gate',
      'check   ci / gate (.github/workflows/ci.yml)',
      'note    every pull request will need an approval of others; who works alone gives --reviews 0',
      '',
      '4 settings to change; --apply does it.',
    ])
  })

  it('applies its plan with one write for each setting, and has nothing to do then', async () => {
    const applied = await here.run('--apply')
    expect(applied).toMatchObject({ code: 0, printed: expect.stringMatching(/Done: 4 settings changed\.$/) })
    expect(here.writes()).toHaveLength(4)
    const { settings } = here.github
    expect(settings).toMatchObject({ defaultWorkflowPermissions: 'read', actionsMayOpenPulls: true })
    expect(settings.immutableReleases).toBe(true)
    expect(rulesetOf('default branch')).toMatchObject({ enforcement: 'active', bypass_actors: [] })

    for (const args of [[], ['--apply']]) {
      const second = await here.run(...args)
      expect(second).toMatchObject({ code: 0, printed: expect.stringContaining('Nothing to do') })
    }
    expect(here.writes()).toHaveLength(4)
  })

  it('names the fields that somebody changed, and changes just that ruleset back', async () => {
    await here.run('--apply')
    const branch = rulesetOf('default branch')
    if (!branch) throw new Error('no ruleset')
    branch.enforcement = 'disabled'
    branch.rules = branch.rules.filter(({ type }) => type !== 'deletion')
    const { code, printed } = await here.run()
    expect(code).toBe(1)
    expect(printed).toContain(
      '          enforcement: disabled → active\n          deletion: nothing → true\n',
    )
    await here.run('--apply')
    expect(here.writes().slice(4)).toEqual([`PUT /repos/acme/consumer/rulesets/${branch.id}`])
    expect((await here.run()).code).toBe(0)
  })

  it('says whose checks it requires where the folder is a checkout of another repository', async () => {
    expect((await here.run('--repo', 'ACME/consumer')).said).toBe('')
    here.checkout.git('remote', 'set-url', 'origin', 'git@github.com:me/fork.git')
    const { said, printed } = await here.run('--repo', 'acme/consumer', '--reviews', '0')
    expect(said).toBe(
      'The checks and the owners of code are those of this folder, a checkout of me/fork and not of acme/consumer.',
    )
    expect(printed).not.toContain('works alone')
  })

  it('leaves a ruleset of another name as it is, and says so', async () => {
    const hand: Ruleset = {
      id: 77,
      name: 'made by hand',
      target: 'branch',
      enforcement: 'active',
      bypass_actors: [],
      conditions: {},
      rules: [{ type: 'required_signatures' }],
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
    }
    here.github.rulesets.push({ ...hand })
    const { printed } = await here.run('--apply')
    expect(printed).toContain('ruleset "made by hand" is left as it is')
    expect(here.github.rulesets).toHaveLength(3)
    expect(here.github.rulesets[0]).toEqual(hand)
  })

  it('follows the checkout: code owners, and whether version-bump.yml is called', async () => {
    writeFileSync(`${here.checkout.path}/.github/CODEOWNERS`, '* @acme/maintainers\n')
    rmSync(`${here.checkout.path}/.github/workflows/version-bump.yml`)
    await here.run('--apply', '--reviews', '2')
    expect(here.github.settings.actionsMayOpenPulls).toBe(false)
    const parameters = rulesetOf('default branch')?.rules.find(
      ({ type }) => type === 'pull_request',
    )?.parameters
    expect(parameters).toMatchObject({ require_code_owner_review: true, required_approving_review_count: 2 })
  })

  it('restricts who makes tags only where asked, and lets nobody through what keeps tags in place', async () => {
    await here.run('--apply', '--restrict-tag-creation', '--tags', 'v*.*.*')
    expect(rulesetOf('creation of release tags')).toMatchObject({
      conditions: { ref_name: { include: ['refs/tags/v*.*.*'] } },
      rules: [{ type: 'creation' }],
      bypass_actors: [{ actor_type: 'RepositoryRole' }, { actor_type: 'RepositoryRole' }],
    })
    expect(rulesetOf(': release tags')).toMatchObject({ bypass_actors: [] })
  })

  it('says in JSON what it says in text', async () => {
    const { printed } = await here.run('--format', 'json')
    const { items, checks, ...rest } = JSON.parse(printed)
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['change', 'change', 'create', 'create'])
    expect(checks.required).toEqual([{ name: 'ci / gate', file: '.github/workflows/ci.yml' }])
    expect(rest).toEqual({ repository: 'acme/consumer', applied: false, untouched: [] })
  })
})

describe('protect --write', () => {
  const folder = () => `${here.checkout.path}/.github/rulesets`

  it('writes the very rulesets that --apply sends', async () => {
    await here.run('--write', '--apply')
    const files = readdirSync(folder()).sort()
    expect(files).toEqual(['default-branch.json', 'release-tags.json'])
    const written = files.map(name => JSON.parse(readFileSync(`${folder()}/${name}`, 'utf8')))
    const sent = here.github.requests.filter(({ method }) => method === 'POST').map(({ body }) => body)
    expect(written).toEqual(expect.arrayContaining(sent))
    expect(sent).toHaveLength(2)
  })

  it('needs no token when it is alone, and writes only what differs', async () => {
    delete here.env.GITHUB_TOKEN
    expect(await here.run('--write')).toMatchObject({ code: 0, said: expect.stringContaining('created') })
    expect((await here.run('--write')).said.match(/equal/g)).toHaveLength(2)
    mkdirSync(folder(), { recursive: true })
    writeFileSync(`${folder()}/release-tags.json`, '{}')
    expect((await here.run('--write')).said).toContain('changed .github/rulesets/release-tags.json')
    expect(here.github.requests).toEqual([])
  })
})
