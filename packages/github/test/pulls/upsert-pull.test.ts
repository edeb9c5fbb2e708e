import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { type PullWish, upsertPull } from '../../src/index.ts'
import { type Remote, remote, repository } from '../repository.ts'

let here: Remote
const head = 'release/v1.2.3'

beforeEach(async () => {
  here = await remote()
  branch(head)
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

/** A branch with a commit that is not on main. */
function branch(name: string) {
  const sha = here.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', name)
  here.git('update-ref', `refs/heads/${name}`, sha)
}

const upsert = (wish: Partial<PullWish> = {}) =>
  upsertPull(here.client, {
    repository,
    head,
    base: 'main',
    title: 'Release 1.2.3',
    body: 'notes\nmore',
    labels: ['release'],
    ...wish,
  })
const open = () => here.github.pulls.filter(({ state }) => state === 'open')
const writes = () => here.github.requests.filter(({ method }) => method !== 'GET').length

describe('upsertPull', () => {
  it('opens one with title, text and labels, and leaves it alone then', async () => {
    expect(await upsert()).toEqual({
      kind: 'created',
      number: 1,
      url: 'https://github.com/acme/consumer/pull/1',
      closed: [],
    })
    const before = writes()
    expect(await upsert()).toMatchObject({ kind: 'unchanged', number: 1 })
    expect(writes()).toBe(before)
    expect(open()).toMatchObject([{ head, title: 'Release 1.2.3', body: 'notes\nmore', labels: ['release'] }])
  })

  it('gives it a new title and text, and the labels that it lacks', async () => {
    await upsert()
    expect(await upsert({ body: 'new', labels: ['Release', 'bot'] })).toMatchObject({ kind: 'updated' })
    expect(open()).toMatchObject([{ title: 'Release 1.2.3', body: 'new', labels: ['release', 'bot'] }])
  })

  it('takes line ends of web forms for the same text', async () => {
    here.github.addPull({ title: 'Release 1.2.3', body: 'notes\r\nmore\r\n', head, labels: ['release'] })
    expect(await upsert()).toMatchObject({ kind: 'unchanged' })
  })

  it('is not misled by a branch of the same name in a fork, or to another base', async () => {
    branch('develop')
    here.github.addPull({ title: 'fork', head, headRepository: 'acme/fork' })
    here.github.addPull({ title: 'base', head, base: 'develop' })
    expect(await upsert()).toMatchObject({ kind: 'created', number: 3 })
  })

  it('closes older ones that it is asked to', async () => {
    for (const name of ['release/v1.2.2', 'release/v1.2.1', 'feature']) {
      branch(name)
      here.github.addPull({ title: name, head: name })
    }
    here.github.addPull({ title: 'fork', head: 'feature', headRepository: 'someone/fork' })
    const closeOlder: PullWish['closeOlder'] = pull => /^release\//.test(pull.head) || pull.title === 'fork'
    expect(await upsert({ closeOlder })).toMatchObject({ kind: 'created', closed: [2, 1] })
    expect(open().map(({ title }) => title)).toEqual(['feature', 'fork', 'Release 1.2.3'])
    expect(await upsert({ closeOlder })).toMatchObject({ kind: 'unchanged', closed: [] })
  })

  it.each(
    (['before', 'after'] as const).flatMap(phase =>
      (['badGateway', 'reset'] as const).map(fault => [fault, phase] as const),
    ),
  )('opens one when there is %s %s its effect', async (fault, phase) => {
    here.github.breakAt({ operation: 'POST /repos/{owner}/{repo}/pulls', phase, with: BREAKS[fault] })
    expect(await upsert()).toMatchObject({ kind: 'created', number: 1 })
    expect(here.github.pulls).toHaveLength(1)
  })

  it('takes the one that another run opened meanwhile', async () => {
    here.github.onRequest(({ operation, phase }) => {
      if (operation.endsWith('/pulls') && operation.startsWith('POST') && phase === 'before') {
        here.github.addPull({ title: 'theirs', head })
      }
      return undefined
    })
    expect(await upsert()).toMatchObject({ kind: 'updated', number: 1 })
    expect(open()).toMatchObject([{ title: 'Release 1.2.3' }])
  })

  it('waits until GitHub knows the new one, to label it', async () => {
    const unknown = {
      status: 422,
      body: { message: "Could not resolve to a node with the global id of 'x'" },
    }
    here.github.breakAt({ operation: 'labels', phase: 'before', with: unknown, times: 2 })
    expect(await upsert()).not.toHaveProperty('labelProblem')
    expect(open()).toMatchObject([{ labels: ['release'] }])
  })

  it('opens one without labels rather than none', async () => {
    here.github.breakAt({ operation: 'labels', phase: 'before', with: BREAKS.forbidden })
    expect(await upsert()).toMatchObject({
      kind: 'created',
      labelProblem: 'labels were not added (403 Resource not accessible by integration)',
    })
  })

  it.each([
    [
      { actionsMayOpenPulls: false },
      'BUMP_PR_NOT_ALLOWED: repository setting "Allow GitHub Actions to create and approve pull requests" is off; turn it on or pass an App token',
    ],
    [
      { permissions: { 'pull-requests': 'read' } } as const,
      'BUMP_FORBIDDEN: 403 from POST /repos/acme/consumer/pulls: needs "pull-requests: write"',
    ],
    [
      { permissions: {} },
      'BUMP_FORBIDDEN: 403 from POST /repos/acme/consumer/pulls: needs "pull-requests: write"',
    ],
  ])('tells what %j refuses', async (settings, message) => {
    Object.assign(here.github.settings, settings)
    await expect(upsert()).rejects.toMatchObject({ name: 'UserError', message })
    expect(here.github.pulls).toEqual([])
  })

  it('rejects with what GitHub says of a branch that is not there', async () => {
    await expect(upsert({ head: 'none' })).rejects.toThrow(
      'POST /repos/acme/consumer/pulls: HTTP 422 Validation Failed',
    )
  })
})
