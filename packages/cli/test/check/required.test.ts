import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const CI = '.github/workflows/ci.yml'
const OURS = 'org/tokenledger-actions/.github/workflows/ci.yml@v1'
const calling = (on: string) => ({ [CI]: `on: ${on}\njobs:\n  ci: { uses: ${OURS} }\n` })
const own = (on: string) => ({ [CI]: `on: ${on}\njobs:\n  lint: { steps: [] }\n` })
const ruleset = (rules: object[], more: object = {}) => ({
  '.github/rulesets/main.json': JSON.stringify({ enforcement: 'active', ...more, rules }),
})
const requires = (context: string, more: object = {}) => ({
  type: 'required_status_checks',
  parameters: { required_status_checks: [{ context, ...more }] },
})
const QUEUE = { type: 'merge_queue', parameters: {} }

describe('a filter of paths', () => {
  const filtered = '{ push: { paths: [x] }, pull_request: { paths-ignore: ["docs/**"] } }'

  it('is an error where a ruleset requires a check of the workflow', async () => {
    expect(await found('path-filter', { ...own(filtered), ...ruleset([requires('lint')]) })).toEqual([
      `${CI}:1:45 error pull requests of other files never get the check 'lint', which a ruleset requires`,
    ])
    expect(await found('path-filter', { ...calling(filtered), ...ruleset([requires('ci / gate')]) })).toEqual(
      [expect.stringContaining("error pull requests of other files never get the check 'ci / gate'")],
    )
  })

  it('is a warning where our ci.yml is called, whose gate is to be required', async () => {
    expect(await found('path-filter', calling('{ pull_request: { paths: [src] } }'))).toEqual([
      `${CI}:1:23 warning pull requests of other files never get the checks of job ci, so that its gate cannot be required`,
    ])
  })

  it("is nobody's business in a workflow that need not report, or of a push", async () => {
    expect(await found('path-filter', own(filtered))).toEqual([])
    expect(await found('path-filter', { ...own(filtered), ...ruleset([requires('other')]) })).toEqual([])
    const ofAnother = ruleset([requires('lint', { integration_id: 7 })])
    expect(await found('path-filter', { ...own(filtered), ...ofAnother })).toEqual([])
    expect(await found('path-filter', calling('{ push: { paths: [src] }, pull_request: }'))).toEqual([])
  })
})

describe('a merge queue', () => {
  it('needs merge_group in each workflow whose check is required', async () => {
    const rules = [QUEUE, requires('lint')]
    expect(await found('merge-group-missing', { ...own('pull_request'), ...ruleset(rules) })).toEqual([
      `${CI}:1:1 error the merge queue never gets the check 'lint' from ci.yml`,
    ])
    expect(
      await found('merge-group-missing', { ...own('[pull_request, merge_group]'), ...ruleset(rules) }),
    ).toEqual([])
    expect(await found('merge-group-missing', { ...own('pull_request'), ...ruleset([QUEUE]) })).toEqual([])
  })

  it('needs it in the workflow that calls our ci.yml', async () => {
    expect(await found('merge-group-missing', { ...calling('pull_request'), ...ruleset([QUEUE]) })).toEqual([
      `${CI}:1:1 error the merge queue never gets the gate of job ci from ci.yml`,
    ])
  })

  it('that there is not, or that is turned off, needs nothing', async () => {
    expect(
      await found('merge-group-missing', { ...own('pull_request'), ...ruleset([requires('lint')]) }),
    ).toEqual([])
    const off = ruleset([QUEUE, requires('lint')], { enforcement: 'disabled' })
    expect(await found('merge-group-missing', { ...own('pull_request'), ...off })).toEqual([])
  })
})
