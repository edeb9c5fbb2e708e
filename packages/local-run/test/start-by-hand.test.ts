import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { dispatchInputs } from '../src/workflows/dispatch-inputs.ts'
import { takesRef } from '../src/workflows/ref-filter.ts'
import { triggeredWorkflows } from '../src/workflows/triggered.ts'
import { isTriggeredBy, readWorkflow, workflowsOf } from '../src/workflows/workflow.ts'

const JOBS = 'jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }\n'
const BUMP = `
on:
  push:
  workflow_dispatch:
    inputs:
      part: { type: choice, options: [patch, minor] }
      ticket: { required: true }
      dry-run: { type: boolean }
      note: { default: none }
${JOBS}`

function checkout() {
  const folder = tempDir()
  writeFiles(folder, {
    '.github/workflows/bump.yml': BUMP,
    '.github/workflows/ci.yml': `on: push\n${JOBS}`,
    '.github/workflows/release.yml': `on: workflow_dispatch\n${JOBS}`,
  })
  return folder
}

const bump = () => readWorkflow(join(checkout(), '.github/workflows/bump.yml'))

describe('the inputs of a start by hand', () => {
  it('are those given and the defaults of the others, all as text', () => {
    expect(dispatchInputs(bump(), { ticket: 'T-1', part: 'minor' })).toEqual({
      part: 'minor',
      ticket: 'T-1',
      'dry-run': 'false',
      note: 'none',
    })
    expect(dispatchInputs(bump(), { ticket: 'T-1', note: '' })).toMatchObject({ part: 'patch', note: '' })
  })

  it.each([
    [{ ticket: 'T-1', colour: 'red' }, 'has no input "colour". Its inputs are: part, ticket, dry-run, note.'],
    [{ ticket: 'T-1', part: 'huge' }, 'input part is "huge"; allowed: patch, minor.'],
    [{ ticket: 'T-1', 'dry-run': 'yes' }, 'input dry-run is "yes"; allowed: true, false.'],
    [{}, 'requires the input ticket. Give it by --input ticket=VALUE.'],
  ])('are refused as GitHub would: %j', (given, message) => {
    expect(() => dispatchInputs(bump(), given)).toThrow(message)
  })
})

describe('the workflows that an event starts', () => {
  const started = (event: 'push' | 'pull_request' | 'workflow_dispatch', named?: string) =>
    triggeredWorkflows(workflowsOf(checkout()), event, named, 'here').map(({ file }) =>
      file.split('/').at(-1),
    )

  it('are all that name it, or the one of them that was asked for', () => {
    expect(started('push')).toEqual(['bump.yml', 'ci.yml'])
    expect(started('push', 'bump.yml')).toEqual(['bump.yml'])
    expect(started('workflow_dispatch', 'release.yml')).toEqual(['release.yml'])
  })

  it('are one alone by hand, so a choice has to be made', () => {
    expect(() => started('workflow_dispatch')).toThrow(
      'Several workflows can be started by hand: bump.yml, release.yml. Choose one by --workflow FILE.',
    )
  })

  it('are none where the file does not name it, which is said', () => {
    expect(() => started('push', 'release.yml')).toThrow(
      'release.yml in here does not start on push. Those that do: bump.yml, ci.yml.',
    )
    expect(() => started('pull_request')).toThrow('No workflow in here starts on pull_request.')
  })

  it.each([
    ['tags: [v*]', true, false],
    ['tags: ["v[0-9]*", "!v*rc*"]', true, false],
    ['tags-ignore: [v*]', false, false],
    ['tags-ignore: [w*]', true, false],
    ['tags: [w*]', false, false],
    ['branches: [main]', false, true],
    ['branches: [main], tags: ["**"]', true, true],
    ['paths: [docs/**]', true, true],
  ])(
    'are at a tag those whose filter takes it, and at a branch not those of tags alone: %s',
    (filter, atTag, atBranch) => {
      const folder = tempDir()
      writeFiles(folder, { '.github/workflows/a.yml': `on: { push: { ${filter} } }\n${JOBS}` })
      const [workflow] = workflowsOf(folder)
      if (!workflow) throw new Error('no workflow')
      expect([isTriggeredBy(workflow, 'push', 'v1.0'), isTriggeredBy(workflow, 'push')]).toEqual([
        atTag,
        atBranch,
      ])
    },
  )
})

describe('a filter pattern', () => {
  it.each([
    ['v*', 'v1.2', true],
    ['v*', 'v1/2', false],
    ['v**', 'v1/2', true],
    ['v[0-9]*', 'v1', true],
    ['v[0-9]*', 'vx', false],
    ['v[0-9]+.[0-9]+', 'v10.2', true],
    ['v[0-9]+.[0-9]+', 'v10x2', false],
    ['rc?', 'r', true],
    ['\\*', '*', true],
    ['v(1)', 'v(1)', true],
  ])('%s of %s is %s', (pattern, name, taken) => {
    expect(takesRef([pattern], name)).toBe(taken)
  })

  it('is taken back by a later one that begins with !', () => {
    expect(takesRef(['v*', '!v*-rc', 'v2-rc'], 'v1-rc')).toBe(false)
    expect(takesRef(['v*', '!v*-rc', 'v2-rc'], 'v2-rc')).toBe(true)
  })
})
