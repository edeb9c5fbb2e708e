import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const WORKFLOW = { '.github/workflows/ci.yml': 'on: push\njobs: { one: { steps: [] } }\n' }
const DEPENDABOT = '.github/dependabot.yml'
const entry = (ecosystem: string, directory: string, more = '') =>
  `  - package-ecosystem: ${ecosystem}\n    directory: ${directory}\n${more}`
const dependabot = (...entries: string[]) => ({ [DEPENDABOT]: `version: 2\nupdates:\n${entries.join('')}` })

describe('Dependabot', () => {
  const files = { ...WORKFLOW, 'uv.lock': '', 'pyproject.toml': '', 'dashboard/package-lock.json': '{}' }

  it('looks at all that is there', async () => {
    expect(await found('dependabot-ecosystem', { ...files, ...dependabot(entry('docker', '/')) })).toEqual([
      `${DEPENDABOT}:2:1 warning no entry for github-actions in /, which has workflows`,
      `${DEPENDABOT}:2:1 warning no entry for uv or pip in /, which has uv.lock`,
      `${DEPENDABOT}:2:1 warning no entry for npm in /dashboard, which has dashboard/package-lock.json`,
    ])
    const all = dependabot(entry('github-actions', '/'), entry('uv', '/'), entry('npm', '/dashboard'))
    expect(await found('dependabot-ecosystem', { ...files, ...all })).toEqual([])
  })

  it('takes folders by patterns', async () => {
    const list = '  - package-ecosystem: npm\n    directories: ["/dash*", "/docs"]\n'
    const all = dependabot(entry('github-actions', '/.github/workflows'), entry('uv', '/'), list)
    expect(await found('dependabot-ecosystem', { ...files, ...all })).toEqual([])
    const elsewhere = dependabot(entry('github-actions', '/'), entry('uv', '/'), entry('npm', '/'))
    expect(await found('dependabot-ecosystem', { ...files, ...elsewhere })).toHaveLength(1)
  })

  it('does not update uv.lock by pip', async () => {
    const pip = dependabot(entry('github-actions', '/'), entry('pip', '/'), entry('npm', '/dashboard'))
    expect(await found('dependabot-ecosystem', { ...files, ...pip })).toEqual([
      `${DEPENDABOT}:5:5 warning pip does not update uv.lock`,
    ])
  })

  it('waits some days', async () => {
    const waits = entry('uv', '/', '    cooldown: { default-days: 7 }\n')
    expect(await found('dependabot-cooldown', dependabot(waits, entry('npm', '/')))).toEqual([
      `${DEPENDABOT}:6:5 warning the entry for npm has no cooldown`,
    ])
  })
})

describe('a required check', () => {
  const require = (...contexts: string[]) => ({
    '.github/rulesets/main.json': JSON.stringify({
      rules: [
        {
          type: 'required_status_checks',
          parameters: { required_status_checks: contexts.map(context => ({ context })) },
        },
      ],
    }),
  })
  const jobs = (text: string, on = 'pull_request') => ({
    '.github/workflows/ci.yml': `on: ${on}\njobs:\n${text}`,
  })
  const unknown = async (files: Record<string, string>) =>
    (await found('required-check-unknown', files)).map(line => /'(.*)'/.exec(line)?.[1])

  it('has the name of a job, not its id', async () => {
    const named = jobs('  lint: { name: Lint & Format, steps: [] }\n  build: { steps: [] }\n')
    expect(await unknown({ ...named, ...require('lint', 'Lint & Format', 'build') })).toEqual(['lint'])
  })

  it('is one for each leg of a matrix', async () => {
    const name = 'Test (Python ${' + '{ matrix.python }})'
    const matrix = '    strategy: { matrix: { python: ["3.11", "3.12"] } }\n'
    const named = jobs(`  test:\n    name: ${name}\n${matrix}    steps: []\n`)
    expect(
      await unknown({ ...named, ...require('test (3.11)', 'Test (Python 3.11)', 'Test (Python 3.9)') }),
    ).toEqual(['test (3.11)', 'Test (Python 3.9)'])
    expect(
      await unknown({ ...jobs(`  test:\n${matrix}    steps: []\n`), ...require('test (3.12)', 'test') }),
    ).toEqual(['test'])
  })

  it('may be a leg that only the run knows', async () => {
    const matrix = (text: string) => jobs(`  test: { strategy: { matrix: ${text} }, steps: [] }\n`)
    for (const text of [
      "'${" + "{ fromJSON(needs.plan.outputs.matrix) }}'",
      '{ include: [{ python: "3.13" }] }',
    ])
      expect(await unknown({ ...matrix(text), ...require('test (3.13)', 'test') })).toEqual(['test'])
    const legs = "strategy: { matrix: { include: '${" + "{ fromJSON(needs.plan.outputs.legs) }}' } }"
    const named = jobs(`  test:\n    name: test (\${{ matrix.name }})\n    ${legs}\n    steps: []\n`)
    expect(await unknown({ ...named, ...require('test (3.13, 1/2)', 'test') })).toEqual(['test'])
  })

  it('has both names of a called job', async () => {
    const local = {
      ...jobs('  ci: { uses: ./.github/workflows/inner.yml }\n'),
      '.github/workflows/inner.yml': 'on: workflow_call\njobs:\n  gate: { steps: [] }\n',
    }
    expect(await unknown({ ...local, ...require('ci / gate', 'ci / other', 'gate') })).toEqual([
      'ci / other',
      'gate',
    ])
    const remote = jobs('  ci: { uses: org/tokenledger-actions/.github/workflows/ci.yml@v1 }\n')
    expect(await unknown({ ...remote, ...require('ci / gate', 'gate') })).toEqual(['gate'])
  })

  it('may come from another app, and not from a workflow that no pull request starts', async () => {
    const nightly = jobs('  lint: { steps: [] }\n', '{ schedule: [{ cron: "0 0 * * *" }] }')
    expect(await unknown({ ...nightly, ...require('lint') })).toEqual(['lint'])
    const app = {
      rules: [
        {
          type: 'required_status_checks',
          parameters: { required_status_checks: [{ context: 'x', integration_id: 7 }] },
        },
      ],
    }
    expect(await unknown({ ...nightly, '.github/rulesets/main.json': JSON.stringify(app) })).toEqual([])
  })
})

describe('files that GitHub cannot read', () => {
  it('are told with their line', async () => {
    expect(await found('invalid-yaml', { '.github/workflows/ci.yml': 'on: push\njobs: [\n' })).toEqual([
      expect.stringMatching(/^\.github\/workflows\/ci\.yml:\d+:\d+ error /),
    ])
    expect(await found('not-a-workflow', { '.github/workflows/ci.yml': 'on: push\njobs: [\n' })).toEqual([])
  })

  it('are no workflows without a trigger and jobs', async () => {
    expect(await found('not-a-workflow', { '.github/workflows/notes.yml': '# notes\n' })).toEqual([
      '.github/workflows/notes.yml:1:1 error notes.yml has no `on` and no `jobs`',
    ])
    expect(await found('not-a-workflow', WORKFLOW)).toEqual([])
  })
})
