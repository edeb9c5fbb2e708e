import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { type Proposal, proposeCommit } from '../../src/index.ts'
import { RELEASE_COMMIT, type Remote, remote, repository } from '../repository.ts'

let here: Remote
const branch = 'release/v1.2.3'

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const propose = (proposal: Partial<Proposal> = {}) =>
  proposeCommit(here.client, { ...RELEASE_COMMIT, repository, branch, base: here.main, ...proposal })
const head = () => here.git('rev-parse', branch)
const branches = () => here.git('branch', '--list', '--format=%(refname:short)').split('\n')
const writes = () =>
  here.github.requests.filter(
    ({ method, body }) => method !== 'GET' && !/^query/.test(String((body as { query?: string })?.query)),
  ).length
const commitOn = (parent: string, message = 'feat: more') =>
  here.git('commit-tree', `${parent}^{tree}`, '-p', parent, '-m', message)

/** Of a proposal that replaces another. */
const REQUESTS = 10

describe('proposeCommit', () => {
  it('creates the branch with its commit, and writes nothing the second time', async () => {
    expect(await propose()).toEqual({ kind: 'created', sha: head(), verified: true })
    expect(here.git('rev-parse', `${branch}~1`)).toBe(here.main)
    const before = writes()
    expect(await propose()).toEqual({ kind: 'already', sha: head(), verified: true })
    expect(writes()).toBe(before)
  })

  it('goes on where a run ended between branch and commit', async () => {
    here.git('update-ref', `refs/heads/${branch}`, here.main)
    expect(await propose()).toEqual({ kind: 'created', sha: head(), verified: true })
  })

  it.each([
    ['other content', { additions: [{ path: 'pkg/__init__.py', content: 'new\n' }] }],
    ['another message', { message: `chore: other\n\n${RELEASE_COMMIT.trailer}` }],
    ['a file more', { additions: [...RELEASE_COMMIT.additions, { path: 'new', content: '' }] }],
    ['a deletion more', { deletions: ['old.txt', 'run.sh'] }],
  ])('replaces a proposal of %s with its pull request open', async (_, change) => {
    const { sha } = await propose()
    here.github.addPull({ title: 't', head: branch })
    const outcome = await propose(change)
    expect(outcome).toEqual({ kind: 'created', sha: head(), verified: true, replaced: sha })
    expect(here.git('rev-parse', `${branch}~1`)).toBe(here.main)
    expect(here.github.pulls).toMatchObject([{ state: 'open' }])
    expect(branches()).toEqual(['main', branch])
  })

  it('moves to a new base, and drops what was put on top', async () => {
    const { sha } = await propose()
    here.github.addPull({ title: 't', head: branch })
    const base = commitOn(here.main)
    here.git('update-ref', 'refs/heads/main', base)
    const top = commitOn(sha, 'docs: by hand')
    here.git('update-ref', `refs/heads/${branch}`, top)
    const before = here.github.requests.length
    expect(await propose({ base })).toMatchObject({ kind: 'created', replaced: top })
    expect(here.github.requests.length - before).toBe(REQUESTS)
    expect(here.git('rev-list', `${base}..${branch}`)).toBe(head())
    expect(here.github.pulls).toMatchObject([{ state: 'open' }])
  })

  // Before the next request it would be the same state.
  it.each(Array.from({ length: REQUESTS }, (_, n) => n + 1))(
    'is replaced by a second run when the first ended after request %d',
    async number => {
      await propose({ message: `chore: older\n\n${RELEASE_COMMIT.trailer}` })
      here.github.addPull({ title: 't', head: branch })
      const first = here.github.requests.length
      const end = here.github.onRequest(call =>
        call.number > first + number || (call.number === first + number && call.phase === 'after')
          ? BREAKS.reset
          : undefined,
      )
      const gone = await propose().catch(error => error)
      end()
      expect([gone.name ?? gone.kind]).toEqual(['UserError'])
      await propose()
      expect(here.git('log', '--format=%s', `main..${branch}`)).toBe('chore(release): 1.2.3')
      expect(here.github.pulls).toMatchObject([{ state: 'open' }])
      expect(branches()).toEqual(['main', branch])
    },
  )
})
