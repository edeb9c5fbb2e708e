import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { deleteBranch, ensureBranch, headOf } from '../../src/index.ts'
import { type Remote, remote, repository } from '../repository.ts'

let here: Remote
const branch = 'release/v1.2.3'

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const ensure = (sha: string, name = branch) => ensureBranch(here.client, { repository, branch: name, sha })
const commitTo = (name: string) => {
  const tree = here.git('rev-parse', 'main^{tree}')
  const sha = here.git('commit-tree', tree, '-p', 'main', '-m', `feat: on ${name}`)
  here.git('update-ref', `refs/heads/${name}`, sha)
  return sha
}

describe('ensureBranch', () => {
  it('creates a branch, leaves it, and moves it', async () => {
    const other = commitTo('other')
    expect(await ensure(here.main)).toEqual({ kind: 'created' })
    expect(await ensure(here.main)).toEqual({ kind: 'already' })
    expect(await ensure(other)).toEqual({ kind: 'moved', previous: here.main })
    expect(await ensure(here.main)).toEqual({ kind: 'moved', previous: other })
    expect(here.git('rev-parse', branch)).toBe(here.main)
  })

  it.each(['before', 'after'] as const)(
    'moves a branch once when the connection breaks %s it',
    async phase => {
      const other = commitTo('other')
      await ensure(here.main)
      here.github.breakAt({ operation: 'PATCH', phase, with: BREAKS.reset })
      expect(await ensure(other)).toEqual({ kind: 'moved', previous: here.main })
      const patches = here.github.requests.filter(({ method }) => method === 'PATCH')
      expect(patches).toHaveLength(phase === 'before' ? 2 : 1)
    },
  )

  it('says that a protected branch is none for commits', async () => {
    here.github.settings.protectedBranches = ['main']
    await expect(ensure(commitTo('other'), 'main')).rejects.toMatchObject({
      name: 'UserError',
      message:
        'BUMP_PROTECTED: main does not accept direct commits (Changes must be made through a pull request); use mode: pr',
    })
  })

  it('says which permission it lacks', async () => {
    here.github.settings.permissions = { contents: 'read' }
    await expect(ensure(here.main)).rejects.toMatchObject({
      name: 'UserError',
      message: 'BUMP_FORBIDDEN: 403 from POST /repos/acme/consumer/git/refs: needs "contents: write"',
    })
  })
})

describe('headOf', () => {
  it('is fresh where reads of refs by REST are old', async () => {
    here.github.settings.cachesRefs = true
    const path = `/repos/${repository}/git/ref/heads/main`
    await here.client.request('GET', path)
    const sha = commitTo('main')
    const old = await here.client.request('GET', path)
    expect(old.body).toMatchObject({ object: { sha: here.main } })
    expect(await headOf(here.client, repository, 'main')).toEqual({
      sha,
      parents: [here.main],
      message: 'feat: on main',
      verified: false,
    })
  })

  it('is undefined for a branch that is not there', async () => {
    expect(await headOf(here.client, repository, 'none')).toBeUndefined()
  })

  it('says which permission it lacks', async () => {
    here.github.settings.permissions = {}
    await expect(headOf(here.client, repository, 'main')).rejects.toThrow(
      'BUMP_FORBIDDEN: 403 from GraphQL head of main: needs "contents: read"',
    )
  })

  it('says that GitHub does not answer', async () => {
    here.github.breakAt({ operation: 'graphql', phase: 'before', with: BREAKS.badGateway, times: 9 })
    await expect(headOf(here.client, repository, 'main')).rejects.toThrow(
      'BUMP_NO_ANSWER: GraphQL head of main got no answer from GitHub (502 <html>Bad Gateway</html>); run this job again',
    )
  })
})

describe('deleteBranch', () => {
  it('deletes a branch, also one that is gone', async () => {
    await ensure(here.main)
    here.github.breakAt({ operation: 'DELETE', phase: 'after', with: BREAKS.badGateway })
    await deleteBranch(here.client, { repository, branch })
    await deleteBranch(here.client, { repository, branch })
    expect(here.git('branch', '--list', branch)).toBe('')
    expect(here.github.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1)
  })
})
