import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, type WorkflowRun } from '@tokenledger/testkit'
import { type DispatchWish, dispatchWorkflow } from '../../src/index.ts'
import { type Remote, remote, repository } from '../repository.ts'

let here: Remote

beforeEach(async () => {
  here = await remote()
  here.git('tag', '--annotate', '--message', 'Release 1.2.3', 'v1.2.3', here.main)
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const dispatch = (wish: Partial<DispatchWish> = {}) =>
  dispatchWorkflow(here.client, { repository, file: 'release.yml', ref: 'v1.2.3', ...wish })
const urlOf = (n: number) => `https://github.com/acme/consumer/actions/runs/${here.github.runs[n]?.id}`
const run = (fields: Partial<WorkflowRun>): WorkflowRun => ({
  id: 900 + here.github.runs.length,
  workflow: 'release.yml',
  event: 'push',
  branch: 'v1.2.3',
  sha: here.main,
  status: 'completed',
  conclusion: 'failure',
  createdAt: '2026-01-01T00:00:00Z',
  ...fields,
})
const DISPATCH = 'dispatches'

describe('dispatchWorkflow', () => {
  it('starts the workflow at the tag once and gives the address of its run', async () => {
    expect(await dispatch({ inputs: { tag: 'v1.2.3' } })).toEqual({ kind: 'created', url: urlOf(0) })
    expect(await dispatch()).toEqual({ kind: 'already', url: urlOf(0) })
    expect(here.github.dispatches).toMatchObject([{ ref: 'v1.2.3', inputs: { tag: 'v1.2.3' } }])
  })

  it('takes a run that the push of the tag has started, and tells how it ended', async () => {
    here.github.runs.push(run({}))
    expect(await dispatch()).toEqual({ kind: 'already', url: urlOf(0), conclusion: 'failure' })
  })

  it('is not held up by runs of another workflow, ref or commit', async () => {
    const other = here.git('commit-tree', 'main^{tree}', '-m', 'other')
    here.github.runs.push(run({ workflow: 'ci.yml' }), run({ branch: 'main' }), run({ sha: other }))
    expect(await dispatch()).toEqual({ kind: 'created', url: urlOf(3) })
  })

  it('starts it at a branch too', async () => {
    expect(await dispatch({ ref: 'main' })).toMatchObject({ kind: 'created' })
    expect(here.github.runs).toMatchObject([{ branch: 'main', sha: here.main }])
  })

  it.each(
    (['before', 'after'] as const).flatMap(phase =>
      (['badGateway', 'reset'] as const).map(fault => [fault, phase] as const),
    ),
  )('starts one run when there is %s %s its effect', async (fault, phase) => {
    here.github.breakAt({ operation: DISPATCH, phase, with: BREAKS[fault] })
    expect(await dispatch()).toEqual({ kind: 'created', url: urlOf(0) })
    expect(here.github.dispatches).toHaveLength(1)
  })

  it('looks several times for a run that GitHub lists late, before it starts another', async () => {
    const late: WorkflowRun[] = []
    let lists = 0
    here.github.onRequest(({ operation, phase }) => {
      if (operation.includes(DISPATCH) && phase === 'after') late.push(...here.github.runs.splice(0))
      if (operation.endsWith('/runs') && phase === 'before' && ++lists === 4) here.github.runs.push(...late)
      return undefined
    })
    here.github.breakAt({ operation: DISPATCH, phase: 'after', with: BREAKS.reset })
    expect(await dispatch()).toEqual({ kind: 'created', url: urlOf(0) })
    expect(here.github.dispatches).toHaveLength(1)
  })

  it('looks for the run of a server that does not name it', async () => {
    const unknown = {
      status: 422,
      body: { message: 'Invalid request.\n\n"return_run_details" is not a permitted key.' },
    }
    here.github.breakAt({ operation: DISPATCH, phase: 'before', with: unknown })
    expect(await dispatch()).toMatchObject({ url: urlOf(0) })
    expect(here.github.dispatches).toHaveLength(1)
  })

  it('waits until GitHub knows a new tag', async () => {
    const unknown = { status: 422, body: { message: 'No ref found for: v1.2.3' } }
    here.github.breakAt({ operation: DISPATCH, phase: 'before', with: unknown, times: 2 })
    expect(await dispatch()).toMatchObject({ kind: 'created' })
  })

  it.each([
    [{ file: 'plain.yml' }, 'BUMP_DISPATCH_FAILED: plain.yml at v1.2.3 has no workflow_dispatch trigger'],
    [
      { file: 'none.yml' },
      'BUMP_DISPATCH_FAILED: none.yml at v1.2.3 was not started: GitHub knows no workflow of this name',
    ],
    [
      { ref: 'v9' },
      'BUMP_DISPATCH_FAILED: release.yml at v9 was not started: there is no such tag or branch',
    ],
    [
      { inputs: { colour: 'red' } },
      'BUMP_DISPATCH_FAILED: release.yml at v1.2.3 was not started: Unexpected inputs provided: ["colour"]',
    ],
  ])('says of %j what is wrong', async (wish, message) => {
    await expect(dispatch(wish)).rejects.toMatchObject({ name: 'UserError', message })
    expect(here.github.dispatches).toEqual([])
  })

  it('says which permission it lacks', async () => {
    here.github.settings.permissions = { contents: 'write', actions: 'read' }
    await expect(dispatch()).rejects.toMatchObject({
      name: 'UserError',
      message:
        'BUMP_FORBIDDEN: 403 from POST /repos/acme/consumer/actions/workflows/release.yml/dispatches: needs "actions: write"',
    })
  })
})
