import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { actionReferences, workflowReferences } from './references.ts'
import { actionBreaches, workflowBreaches } from './rules.ts'
import { expression } from './run-step.ts'
import { type Action, actions, type Workflow, workflows } from './yaml-files.ts'

const broken = <Content>(text: string) => ({ path: 'x.yml', text, content: parse(text) as Content })

describe('every workflow', () => {
  it.each(workflows().map(file => [file.path, file] as const))('%s keeps the rules', (_, file) => {
    expect([...workflowBreaches(file), ...workflowReferences(file)]).toEqual([])
  })

  it('a workflow that breaks the rules is named with each breach', () => {
    const file = broken<Workflow>(`
on: { workflow_call: { inputs: { badName: { description: 'no stop', type: string } } } }
permissions: { contents: read }
concurrency: x
jobs:
  one:
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@v7
      - run: echo \${{ inputs.a }} || true
  two:
    name: two
    timeout-minutes: 5
    permissions: {}
    outputs: { b: '\${{ secrets.GITHUB_TOKEN }}' }
    steps: []
`)
    expect(workflowBreaches(file)).toEqual([
      'x.yml: top-level permissions are not {}',
      'x.yml: a callable workflow declares concurrency',
      'x.yml: secrets.GITHUB_TOKEN is empty in a called workflow',
      'x.yml: description of badName is not a sentence with a full stop',
      'x.yml: badName is not kebab-case',
      'x.yml: description of badName does not say the default',
      'x.yml: actions/checkout@v7 is neither $/… nor pinned by SHA with a version comment',
      'x.yml: job one: step "actions/checkout@v7" has no name',
      'x.yml: job one: step "actions/checkout@v7" leaves the token in .git/config (persist-credentials)',
      `x.yml: job one: step "echo ${expression('inputs.a')} || true" has no name`,
      `x.yml: job one: step "echo ${expression('inputs.a')} || true" has an expression inside run; pass the value by env`,
      `x.yml: job one: step "echo ${expression('inputs.a')} || true" hides a failure by "|| true"`,
      'x.yml: job one: permission contents has no comment that says why',
      'x.yml: job one: has no name, which is what required checks are called by',
      'x.yml: job one: has no timeout-minutes',
    ])
  })

  it('only the job coverage of ci.yml may take the rights of its caller', () => {
    const job = (id: string, permissions: string) =>
      `  ${id}: { name: ${id}, timeout-minutes: 5, steps: []${permissions} }\n`
    const text = `on: { push: }\npermissions: {}\njobs:\n${job('coverage', ', permissions: {}')}${job('other', '')}`
    const path = '.github/workflows/ci.yml'
    expect(workflowBreaches({ ...broken<Workflow>(text), path })).toEqual([
      `${path}: top-level permissions take those of job coverage away`,
      `${path}: job coverage: has permissions although it takes the caller's`,
      `${path}: job other: has no permissions of its own`,
    ])
  })

  it('a reference that leads nowhere is found', () => {
    const file = broken<Workflow>(`
on: { workflow_call: { outputs: { o: { value: '\${{ jobs.a.outputs.none }}' } } } }
jobs:
  a:
    outputs: { ok: '\${{ steps.quality.outputs.none }} \${{ inputs.unknown }}' }
    steps:
      - { id: quality, uses: $/actions/python-quality, with: { typo: 1 } }
      - { uses: $/actions/none }
  b: { needs: [c], steps: [{ run: '\${{ needs.a.outputs.ok }}' }] }
`)
    expect(workflowReferences(file)).toEqual([
      'x.yml: job a: takes steps.quality.outputs.none, which is not there',
      'x.yml: job a: $/actions/python-quality has no input typo',
      'x.yml: job a: $/actions/none does not exist',
      'x.yml: job b: needs c, which is no job',
      'x.yml: job b: takes needs.a.outputs.ok, which is not there',
      'x.yml: output o takes jobs.a.outputs.none, which is not there',
      'x.yml: inputs.unknown is not declared',
    ])
  })
})

describe('every action', () => {
  it.each(actions().map(file => [file.path, file] as const))('%s keeps the rules', (_, file) => {
    expect([...actionBreaches(file), ...actionReferences(file)]).toEqual([])
  })

  it('a composite without a shell, with a loose tag and a dead input is named', () => {
    const file = broken<Action>(`
description: Does it
inputs: { dead: { description: 'Nothing. Default: none.' } }
outputs: { o: { description: It., value: '\${{ steps.gone.outputs.x }}' } }
runs: { using: composite, steps: [{ name: a, run: x }, { name: b,
    uses: acme/b@main }] }
`)
    expect([...actionBreaches(file), ...actionReferences(file)]).toEqual([
      'x.yml: description of description is not a sentence with a full stop',
      'x.yml: acme/b@main is neither $/… nor pinned by SHA with a version comment',
      'x.yml: step "a" has no shell',
      'x.yml: takes steps.gone.outputs.x, which is not there',
      'x.yml: input dead is not used',
    ])
  })
})
