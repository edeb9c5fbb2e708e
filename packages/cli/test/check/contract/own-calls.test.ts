import { describe, expect, it } from '@jest/globals'
import { checkout, found, report, runCheck } from '../checking.ts'

const PATH = '.github/workflows/mine.yml'
const expression = (text: string) => `\${{ ${text} }}`
const OURS = 'acme/tokenledger-actions'

/** A workflow whose one job calls ours. */
const calling = (file: string, rest = '', ref = 'v1') => ({
  [PATH]: `on: push\njobs:\n  ci:\n    uses: ${OURS}/.github/workflows/${file}@${ref}\n${rest}`,
})
/** A workflow whose one job has these steps. */
const steps = (text: string) => ({ [PATH]: `on: push\njobs:\n  one:\n    steps:\n${text}` })
const step = (action: string, rest = '') => `      - uses: ${OURS}${action}@v1\n${rest}`

describe('a call of a workflow of ours', () => {
  it('has only inputs that it knows, and is told the nearest name', async () => {
    const given =
      '    with:\n      python-version: 3.12\n      Working-Directory: server\n      colour: red\n'
    expect(await found('call-inputs', calling('ci.yml', given))).toEqual([
      `${PATH}:6:7 error ci.yml has no input 'python-version'; the nearest one is 'python-versions'`,
      `${PATH}:8:7 error ci.yml has no input 'colour'`,
    ])
  })

  it('gives what is required', async () => {
    expect(await found('call-inputs', calling('release-publish.yml'))).toEqual([
      `${PATH}:4:5 error 'tag' is not given, which release-publish.yml requires`,
      `${PATH}:4:5 error 'commit-sha' is not given, which release-publish.yml requires`,
      `${PATH}:4:5 error 'digests' is not given, which release-publish.yml requires`,
    ])
  })

  it.each([
    ['cache', "'true'", 'is "true", and has to be true or false'],
    ['cache', 'yes', 'is "yes", and has to be true or false'],
    ['cache', '', 'is null, and has to be true or false'],
    ['cache', expression('github.event.inputs.cache'), 'is text, and has to be true or false'],
    ['cache', expression('needs.plan.outputs.cache'), 'is text, and has to be true or false'],
    ['retention-days', 'seven', 'is "seven", and has to be a number'],
    ['retention-days', `1${expression('inputs.days')}`, 'is text, and has to be a number'],
  ])('does not give %s as %s', async (name, value, problem) => {
    expect(await found('call-inputs', calling('ci.yml', `    with:\n      ${name}: ${value}\n`))).toEqual([
      `${PATH}:6:7 error '${name}' of ci.yml ${problem}`,
    ])
  })

  it.each([
    ['cache', 'false'],
    ['cache', expression('inputs.cache')],
    ['cache', expression("needs.plan.outputs.cache == 'true'")],
    ['cache', expression('fromJSON(needs.plan.outputs.cache)')],
    ['retention-days', '7'],
    ['skip', 'true'],
  ])('may give %s as %s', async (name, value) => {
    expect(await found('call-inputs', calling('ci.yml', `    with:\n      ${name}: ${value}\n`))).toEqual([])
  })

  it('passes only secrets that it declares', async () => {
    const secrets = (name: string) => `    secrets:\n      ${name}: ${expression('secrets.X')}\n`
    expect(await found('secrets-not-passed', calling('ci.yml', secrets('CODECOV_TOKEN')))).toEqual([
      `${PATH}:6:7 error ci.yml declares no secret 'CODECOV_TOKEN'; the nearest one is 'codecov-token'`,
    ])
    for (const fits of [secrets('codecov-token'), '    secrets: inherit\n', ''])
      expect(await found('secrets-not-passed', calling('ci.yml', fits))).toEqual([])
  })

  it('grants the rights that its jobs ask for, and a sign-in by name', async () => {
    const rights = (text: string) => `    permissions: ${text}\n`
    expect(await found('call-permissions', calling('ci.yml', rights('{}')))).toEqual([
      `${PATH}:4:5 error job plan of ci.yml asks for 'contents: read', but job ci grants 'contents: none'`,
    ])
    expect(await found('call-permissions', calling('ci.yml'))).toEqual([])
    expect(await found('call-permissions', calling('release-prepare.yml'))).toEqual([
      `${PATH}:4:5 error job attest of release-prepare.yml asks for 'id-token: write', but job ci grants 'id-token: none'`,
    ])
    const all = rights('{ contents: write, id-token: write, attestations: write }')
    expect(await found('call-permissions', calling('release-prepare.yml', all))).toEqual([])
  })

  it('reads only outputs that it has', async () => {
    const read = (name: string) => ({
      [PATH]: `${calling('ci.yml')[PATH]}  next:\n    needs: ci\n    if: needs.ci.outputs.${name} != ''\n    steps: [{ run: 'true # needs.ci.outputs.none' }]\n`,
    })
    expect(await found('call-outputs', read('digest'))).toEqual([
      `${PATH}:7:9 error ci.yml has no output 'digest'; the nearest one is 'digests'`,
    ])
    expect(await found('call-outputs', read('digests'))).toEqual([])
  })
})

describe('a step that uses an action of ours', () => {
  it.each([['/setup'], [''], ['/actions/setup-uv-python']])(
    'is held to its inputs by the path "%s"',
    async path => {
      const text = step(path, '        with: { python: 3.12, activate: yes }\n')
      expect(await found('action-inputs', steps(text))).toEqual([
        expect.stringMatching(/:6:17 error .* has no input 'python'; the nearest one is 'python-version'$/),
        expect.stringMatching(/:6:31 error 'activate' of .* is "yes", and has to be true or false$/),
      ])
      expect(await found('action-inputs', steps(step(path, '        with: { cache: auto }\n')))).toEqual([])
    },
  )

  it('reads only outputs that it has, in a composite action too', async () => {
    const uses = step(
      '/setup',
      `        id: env\n      - run: echo "${expression('steps.env.outputs.venv')}"\n`,
    )
    expect(await found('call-outputs', steps(uses))).toEqual([
      `${PATH}:7:24 error setup has no output 'venv'; the nearest one is 'venv-path'`,
    ])
    const action = `name: x\nruns:\n  using: composite\n  steps:\n${uses.replace(/^ {2}/gm, '')}`
    expect(await found('call-outputs', { 'x/action.yml': action })).toHaveLength(1)
  })

  it('names one that there is, and no workflow', async () => {
    const text = step('/actions/coverage-gate') + step('/.github/workflows/ci.yml')
    expect(await found('own-part-unknown', steps(text))).toEqual([
      expect.stringMatching(/:5:9 error .* no action 'actions\/coverage-gate'; .*coverage-upload-gate'$/),
      expect.stringMatching(/:6:9 error tokenledger-actions has no action '.github\/workflows\/ci.yml'/),
    ])
    expect(await found('own-part-unknown', calling('cd.yml'))).toEqual([
      `${PATH}:4:5 error tokenledger-actions has no workflow '.github/workflows/cd.yml'; the nearest one is '.github/workflows/ci.yml'`,
    ])
  })
})

describe('another version of ours', () => {
  const SHA = '0123456789012345678901234567890123456789'

  it.each([
    ['main', 'main'],
    ['v2', 'v2'],
    [`${SHA} # v1.9.0`, 'v1.9.0'],
    [SHA, SHA],
  ])('may know what %s calls, so that it is only a note', async (ref, named) => {
    const files = calling('ci.yml', '    with: { colour: red }\n', ref)
    expect(await found('call-inputs', files)).toEqual([
      `${PATH}:5:13 note ci.yml has no input 'colour', as far as v1 goes; ${named} may differ`,
    ])
  })

  it('is the known one by its comment', async () => {
    const files = calling('ci.yml', '    with: { colour: red }\n', `${SHA} # v1`)
    expect(await found('call-inputs', files)).toEqual([expect.stringContaining(' error ')])
  })
})

describe('an action of the repository itself', () => {
  it('is held to its description', async () => {
    const action =
      'name: x\ninputs: { must: { required: true }, flag: { default: "true" } }\nruns: { using: composite, steps: [] }\n'
    const files = {
      ...steps('      - uses: ./.github/actions/build\n        with: { mast: 1, flag: yes }\n'),
      '.github/actions/build/action.yml': action,
    }
    expect(await found('action-inputs', files)).toEqual([
      `${PATH}:5:9 error 'must' is not given, which .github/actions/build requires`,
      `${PATH}:6:17 error .github/actions/build has no input 'mast'; the nearest one is 'must'`,
    ])
  })
})

describe('a note', () => {
  it('is counted by itself, and fails nothing', async () => {
    const files = {
      [PATH]:
        'on: push\npermissions: {}\njobs:\n  ci:\n    uses: a/tokenledger-actions/.github/workflows/ci.yml@v2\n    permissions: { contents: read }\n    with: { colour: red }\n',
    }
    const { code, printed } = await runCheck(checkout(files), '--strict')
    expect(code).toBe(0)
    expect(printed).toMatch(/\n0 errors, 0 warnings, 1 note in 1 file\.$/)
    expect(await report(checkout(files))).toMatchObject({ errors: 0, warnings: 0, notes: 1 })
    const { printed: sarif } = await runCheck(checkout(files), '--format', 'sarif')
    expect(JSON.parse(sarif).runs[0].results).toMatchObject([{ ruleId: 'call-inputs', level: 'note' }])
  })
})
