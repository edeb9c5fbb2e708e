import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const PATH = '.github/workflows/ci.yml'
const expression = (text: string) => `\${{ ${text} }}`
const run = (script: string, on = 'pull_request') => ({
  [PATH]: `on: ${on}\njobs:\n  one:\n    steps:\n      - run: |\n          ls\n          ${script}\n`,
})

describe('a script', () => {
  it.each([
    'github.event.pull_request.title',
    'github.event.issue.body',
    'github.head_ref',
    'github.ref_name',
    'github.event.commits.*.message',
    "format('{0}', github.event.comment.body)",
    'inputs.name',
    "inputs['name']",
    'github.event.inputs.name',
  ])('must not hold %s', async text => {
    expect(await found('script-injection', run(`echo "${expression(text)}"`))).toEqual([
      expect.stringMatching(/^\.github\/workflows\/ci\.yml:7:17 error .* is pasted into the script$/),
    ])
  })

  it.each([
    'github.event.pull_request.number',
    'github.event.pull_request.head.sha',
    'github.event.number',
    'github.sha',
    'matrix.python',
    'steps.x.outputs.y',
    'github.event.repository.default_branch',
  ])('may hold %s', async text => {
    expect(await found('script-injection', run(`echo "${expression(text)}"`))).toEqual([])
  })

  it('is less in danger by a choice, and not at all by a switch', async () => {
    const on = (type: string) => `{ workflow_dispatch: { inputs: { name: { type: ${type} } } } }`
    const script = `echo ${expression('inputs.name')}`
    expect(await found('script-injection', run(script, on('choice')))).toEqual([
      expect.stringContaining(' warning '),
    ])
    expect(await found('script-injection', run(script, on('boolean')))).toEqual([])
    expect(await found('script-injection', run(script, on('string')))).toEqual([
      expect.stringContaining(' error '),
    ])
  })

  it('may take the value from the environment', async () => {
    const step = `      - env: { TITLE: "${expression('github.event.issue.title')}" }\n        run: echo "$TITLE"\n`
    expect(
      await found('script-injection', { [PATH]: `on: issues\njobs:\n  one:\n    steps:\n${step}` }),
    ).toEqual([])
  })

  it('may be JavaScript, or stand in a composite action', async () => {
    const script = `echo "${expression('inputs.name')}"`
    const action = `name: x\nruns:\n  using: composite\n  steps:\n    - run: ${script}\n      shell: bash\n`
    expect(await found('script-injection', { 'x/action.yml': action })).toHaveLength(1)
    const github = `on: issues\njobs: { one: { steps: [{ uses: actions/github-script@v7, with: { script: "x('${expression('github.event.issue.title')}')" } }] } }\n`
    expect(await found('script-injection', { [PATH]: github })).toHaveLength(1)
  })
})

describe('code of a pull request', () => {
  const checkout = (on: string, ref: string) => ({
    [PATH]: `on: ${on}\njobs:\n  one:\n    steps:\n      - uses: actions/checkout@v4\n        with: { ref: "${expression(ref)}" }\n`,
  })

  it.each([
    ['pull_request_target', 'github.event.pull_request.head.sha'],
    ['pull_request_target', 'github.head_ref'],
    ['workflow_run', 'github.event.workflow_run.head_sha'],
  ])('is not run under %s by %s', async (on, ref) => {
    expect(await found('untrusted-checkout', checkout(on, ref))).toEqual([
      `${PATH}:6:17 error checks out code of the pull request under \`${on}\``,
    ])
    expect(await found('untrusted-checkout', checkout('pull_request', ref))).toEqual([])
  })

  it('may be run when it is of this repository', async () => {
    const own = '    if: github.event.pull_request.head.repo.full_name == github.repository\n    steps:'
    const files = checkout('pull_request_target', 'github.head_ref')
    expect(
      await found('untrusted-checkout', { [PATH]: files[PATH]?.replace('    steps:', own) ?? '' }),
    ).toEqual([])
  })

  it('is not fetched by a command either', async () => {
    expect(await found('untrusted-checkout', run('gh pr checkout 1', 'pull_request_target'))).toHaveLength(1)
    expect(await found('untrusted-checkout', run('ls', 'pull_request_target'))).toEqual([])
  })

  it('does not come by the code of the default branch', async () => {
    expect(await found('untrusted-checkout', checkout('pull_request_target', 'github.sha'))).toEqual([])
  })
})
