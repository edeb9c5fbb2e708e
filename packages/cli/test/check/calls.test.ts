import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const CALLER = '.github/workflows/caller.yml'
const CALLED = '.github/workflows/called.yml'
const called = (call = '', rest = '') =>
  `on:\n  workflow_call:\n${call}${rest}jobs:\n  work: { runs-on: ubuntu-latest, steps: [] }\n`
const caller = (job: string, rest = '') =>
  `on: push\n${rest}jobs:\n  go:\n    uses: ./.github/workflows/called.yml\n${job}`

describe('a call of a workflow', () => {
  it('is an error when that workflow cannot be called', async () => {
    const files = { [CALLER]: caller(''), [CALLED]: 'on: push\njobs: {}\n' }
    expect(await found('not-callable', files)).toEqual([
      `${CALLER}:4:5 error job go calls called.yml, which has no \`workflow_call\``,
    ])
    expect(await found('not-callable', { ...files, [CALLED]: called() })).toEqual([])
    expect(
      await found('not-callable', { ...files, [CALLED]: 'on: [push, workflow_call]\njobs: {}\n' }),
    ).toEqual([])
  })

  it('is an error when the workflow is not there, or in a folder below', async () => {
    expect(await found('called-workflow-missing', { [CALLER]: caller('') })).toEqual([
      `${CALLER}:4:5 error job go calls .github/workflows/called.yml, which does not exist`,
    ])
    const below = 'on: push\njobs: { go: { uses: ./.github/workflows/parts/x.yml } }\n'
    expect(await found('called-workflow-missing', { [CALLER]: below })).toEqual([
      `${CALLER}:2:15 error job go calls .github/workflows/parts/x.yml, which is no file directly in .github/workflows`,
    ])
    expect(await found('called-workflow-missing', { [CALLER]: caller(''), [CALLED]: called() })).toEqual([])
  })

  it('has only the keys that GitHub allows', async () => {
    const job = '    timeout-minutes: 5\n    with: {}\n    env: { A: b }\n    if: always()\n'
    expect(await found('call-keys', { [CALLER]: caller(job), [CALLED]: called() })).toEqual([
      `${CALLER}:5:5 error job go calls a workflow and must not have \`timeout-minutes\``,
      `${CALLER}:7:5 error job go calls a workflow and must not have \`env\``,
    ])
  })

  it('gives what is required, and nothing unknown', async () => {
    const inputs =
      '    inputs:\n      must: { type: string, required: true }\n      may: { type: string }\n      has: { type: string, required: true, default: x }\n'
    const files = { [CALLED]: called(inputs) }
    expect(
      await found('call-inputs', { ...files, [CALLER]: caller('    with: { may: 1, other: 2 }\n') }),
    ).toEqual([
      `${CALLER}:4:5 error 'must' is not given, which called.yml requires`,
      `${CALLER}:5:21 error called.yml has no input 'other'`,
    ])
    expect(await found('call-inputs', { ...files, [CALLER]: caller('    with: { must: 1 }\n') })).toEqual([])
  })

  it('means the same by $/ as by ./', async () => {
    const files = { [CALLER]: caller('').replace('./', '$/'), [CALLED]: 'on: push\njobs: {}\n' }
    expect(await found('not-callable', files)).toHaveLength(1)
  })

  it('passes the secrets on that are used, unless they are optional or inherited', async () => {
    const uses = 'env: { A: "${' + '{ secrets.upload-token }}", B: "${' + '{ secrets.GITHUB_TOKEN }}" }\n'
    const files = (job: string, secrets = '') => ({ [CALLER]: caller(job), [CALLED]: called(secrets, uses) })
    expect(await found('secrets-not-passed', files(''))).toEqual([
      `${CALLER}:4:5 error job go does not pass secret upload-token, which called.yml uses`,
    ])
    expect(await found('secrets-not-passed', files('    secrets: inherit\n'))).toEqual([])
    expect(
      await found('secrets-not-passed', files('', '    secrets: { upload-token: { required: false } }\n')),
    ).toEqual([])
    expect(
      await found(
        'secrets-not-passed',
        files('    secrets: { more: x, upload-token: x }\n', '    secrets: { upload-token: }\n'),
      ),
    ).toEqual([`${CALLER}:5:16 error called.yml declares no secret 'more'`])
  })

  it('grants the rights that the called jobs ask for', async () => {
    const files = (rights: string) => ({
      [CALLER]: caller(`    permissions: ${rights}\n`),
      [CALLED]: called('', 'permissions: { contents: write, id-token: none }\n'),
    })
    expect(await found('call-permissions', files('{ contents: read }'))).toEqual([
      `${CALLER}:4:5 error job work of called.yml asks for 'contents: write', but job go grants 'contents: read'`,
    ])
    expect(await found('call-permissions', files('{ contents: write }'))).toEqual([])
    expect(await found('call-permissions', files('write-all'))).toEqual([])
    const whole = called('', 'permissions: { packages: write }\n').replace(
      'steps: []',
      'steps: [], permissions: {}',
    )
    expect(await found('call-permissions', { ...files('{}'), [CALLED]: whole })).toEqual([
      `${CALLER}:4:5 error called.yml asks for 'packages: write', but job go grants 'packages: none'`,
    ])
  })
})

describe('concurrency of a called workflow', () => {
  const group = (text: string) => `concurrency:\n  group: ${text}\n`
  const files = (ofCaller: string, ofCalled: string) => ({
    [CALLER]: caller('', ofCaller),
    [CALLED]: called('', ofCalled),
  })

  it('waits for itself in the group of its caller', async () => {
    const named = group('${' + '{ github.workflow }}-${' + '{ github.ref }}')
    expect(
      await found(
        'concurrency-deadlock',
        files(named.replace('}}-', '}}-').replace('{ github.ref', '{github.ref'), named),
      ),
    ).toEqual([
      `${CALLED}:4:3 error called.yml has the same group as caller.yml, which calls it, and waits for it`,
    ])
    expect(await found('concurrency-deadlock', files(group('all'), group('all')))).toHaveLength(1)
    expect(
      await found('concurrency-deadlock', files('concurrency: all\n', 'concurrency: all\n')),
    ).toHaveLength(1)
  })

  it('is better not named after the caller, and is well with a word of its own', async () => {
    expect(await found('concurrency-deadlock', files('', group('${' + '{ github.workflow }}')))).toEqual([
      `${CALLED}:4:3 warning the group of called.yml is named after the caller when job go of caller.yml calls it`,
    ])
    expect(await found('concurrency-deadlock', files(group('release'), group('ci')))).toEqual([])
  })

  it('does not matter in a workflow that nobody calls', async () => {
    const alone = { [CALLER]: `on: push\n${group('${' + '{ github.workflow }}')}jobs: {}\n` }
    expect(await found('concurrency-deadlock', alone)).toEqual([])
  })
})
