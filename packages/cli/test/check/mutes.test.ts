import { describe, expect, it } from '@jest/globals'
import { checkout, report, runCheck } from './checking.ts'

const PATH = '.github/workflows/ci.yml'
const workflow = (above: string, beside: string) => ({
  [PATH]: `on: push\npermissions: {}\njobs:\n${above}  one: {steps: []} ${beside}\n`,
})
const REASON = '# check: ignore[missing-timeout] the runner ends it'

describe('a comment that mutes', () => {
  it.each([
    ['at the line', '', REASON],
    ['above it', `  ${REASON}\n`, ''],
    ['with several rules', '', REASON.replace('[', '[hidden-failure, ')],
  ])('takes the finding out %s', async (_where, above, beside) => {
    const { findings, muted, errors, warnings } = await report(checkout(workflow(above, beside)))
    expect(findings).toEqual([])
    expect(muted).toMatchObject([{ rule: 'missing-timeout', reason: 'the runner ends it' }])
    expect([errors, warnings]).toEqual([0, 0])
  })

  it('needs a reason', async () => {
    const { findings, muted } = await report(checkout(workflow('', '# check: ignore[missing-timeout]')))
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
      ['missing-timeout', 4],
      ['mute-comment', 4],
    ])
    expect(muted).toEqual([])
  })

  it('mutes only its own rule, which has to exist', async () => {
    const other = REASON.replace('missing-timeout', 'missing-timeouts')
    const { findings } = await report(checkout(workflow('', other)))
    expect(findings.map(({ message }) => message)).toEqual([
      'job one has no timeout-minutes',
      "there is no rule 'missing-timeouts'",
    ])
  })

  it('does not reach the next line from the end of another one', async () => {
    const files = { [PATH]: `on: push\npermissions: {}\njobs: ${REASON}\n  one: {steps: []}\n` }
    expect((await report(checkout(files))).findings).toHaveLength(1)
  })

  it('works in a script and in TOML', async () => {
    const cliff = `[git]\n# check: ignore[cliff-drops-commits] merges only\nfilter_unconventional = true\n`
    const { muted, findings } = await report(checkout({ 'cliff.toml': cliff }))
    expect(findings).toEqual([])
    expect(muted).toHaveLength(1)
  })

  it('is counted in the text', async () => {
    const { code, printed } = await runCheck(checkout(workflow('', REASON)), '--strict')
    expect({ code, printed }).toEqual({ code: 0, printed: 'Nothing found (1 muted by comments).' })
  })
})

describe('in SARIF', () => {
  it('a muted finding is a suppressed result with its reason', async () => {
    const { printed } = await runCheck(checkout(workflow('', REASON)), '--format', 'sarif')
    expect(JSON.parse(printed).runs[0].results).toMatchObject([
      {
        ruleId: 'missing-timeout',
        suppressions: [{ kind: 'inSource', justification: 'the runner ends it' }],
      },
    ])
  })

  it('a comment without a reason has a rule too', async () => {
    const { printed } = await runCheck(checkout(workflow('', '# check: ignore[x]')), '--format', 'sarif')
    const { results, tool } = JSON.parse(printed).runs[0]
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })
})
