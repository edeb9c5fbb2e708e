import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const PATH = '.github/workflows/ci.yml'
const workflow = (jobs: string, rest = '') => ({ [PATH]: `on: push\n${rest}jobs:\n${jobs}` })
const TWO = '  one: { steps: [{ run: pytest }] }\n  two: { steps: [{ run: ls }] }\n'
const SHA = '0123456789abcdef0123456789abcdef01234567'

describe('permissions', () => {
  it('are said by the workflow or by every job', async () => {
    expect(await found('permissions-absent', workflow(TWO))).toEqual([
      `${PATH}:2:1 warning ci.yml says nothing of permissions for one, two`,
    ])
    expect(await found('permissions-absent', workflow(TWO, 'permissions: {}\n'))).toEqual([])
    expect(await found('permissions-absent', workflow('  one: { permissions: {}, steps: [] }\n'))).toEqual([])
    const called = { [PATH]: `on: workflow_call\njobs:\n${TWO}` }
    expect(await found('permissions-absent', called)).toEqual([])
  })

  it('are not for all jobs at once', async () => {
    expect(await found('permissions-wide', workflow(TWO, 'permissions: write-all\n'))).toEqual([
      `${PATH}:2:1 error grants every right there is (write-all)`,
    ])
    expect(
      await found('permissions-wide', workflow(TWO, 'permissions: { contents: write, actions: read }\n')),
    ).toEqual([`${PATH}:2:16 error ci.yml grants 'contents: write' to 2 jobs at once`])
    const one = workflow('  one: { steps: [] }\n', 'permissions: { contents: write }\n')
    expect(await found('permissions-wide', one)).toEqual([])
  })

  it('to sign in are not for a job that runs code of the project', async () => {
    const job = (run: string) =>
      workflow(`  one:\n    permissions: { id-token: write }\n    steps:\n      - run: ${run}\n`)
    for (const run of ['pytest -q', 'npm ci', 'pip install -e ".[dev]"', 'uv build', 'uv sync --locked'])
      expect(await found('id-token-with-code', job(run))).toEqual([
        `${PATH}:6:9 error job one runs code of the project and may sign in by its identity`,
      ])
    for (const run of ['ls dist', 'uv sync --only-group release', 'uv publish'])
      expect(await found('id-token-with-code', job(run))).toEqual([])
  })
})

describe('an action', () => {
  const uses = (text: string) => workflow(`  one:\n    steps:\n      - uses: ${text}\n`)

  it.each([
    ['octo/action@v1', 'warning', 'is pinned by a tag'],
    ['octo/action@1.2.3', 'warning', 'is pinned by a tag'],
    ['octo/action@main', 'error', 'is a branch'],
    ['octo/action@release/v1', 'error', 'is a branch'],
    ['octo/action@0123abc', 'error', 'has a short SHA'],
    ['octo/action', 'error', 'has no @ref'],
    ['docker://alpine:3', 'warning', 'is not pinned by its digest'],
  ])('is not pinned by %s', async (text, level, message) => {
    expect(await found('unpinned-action', uses(text))).toEqual([
      expect.stringContaining(`${PATH}:5:9 ${level}`),
    ])
    expect(await found('unpinned-action', uses(text))).toEqual([expect.stringContaining(message)])
  })

  it.each([`octo/action@${SHA}`, './actions/x', '$/actions/x', 'org/tokenledger-actions/setup@v1'])(
    'is well as %s',
    async text => {
      expect(await found('unpinned-action', uses(text))).toEqual([])
    },
  )

  it('has its version beside the SHA', async () => {
    expect(await found('pinned-without-version', uses(`octo/action@${SHA}`))).toEqual([
      `${PATH}:5:9 warning octo/action is pinned without a comment that names its version`,
    ])
    for (const comment of ['# v1.2.3', '# pin v4', '# stable'])
      expect(await found('pinned-without-version', uses(`octo/action@${SHA} ${comment}`))).toEqual([])
  })

  it('is not of a generation that is gone', async () => {
    expect(await found('retired-action', uses('actions/upload-artifact@v3'))).toEqual([
      `${PATH}:5:9 error actions/upload-artifact@v3 talks to a service that GitHub has turned off`,
    ])
    expect(await found('retired-action', uses(`orhun/git-cliff-action@${SHA} # v3.1.0`))).toHaveLength(1)
    for (const text of ['actions/upload-artifact@v4', `orhun/git-cliff-action@${SHA} # v4.0.0`])
      expect(await found('retired-action', uses(text))).toEqual([])
    expect(await found('retired-action', uses('actions/create-release@v1'))).toHaveLength(1)
  })

  it('is looked at in a composite action too, and in a calling job', async () => {
    const composite = 'name: x\nruns:\n  using: composite\n  steps:\n    - uses: octo/action@main\n'
    expect(await found('unpinned-action', { '.github/actions/x/action.yml': composite })).toHaveLength(1)
    expect(
      await found('unpinned-action', workflow('  one: { uses: octo/x/.github/workflows/y.yml@main }\n')),
    ).toHaveLength(1)
  })
})

describe('a job', () => {
  const steps = (text: string) => workflow(`  one:\n    timeout-minutes: 5\n    steps:\n${text}`)

  it('ends some time', async () => {
    expect(await found('missing-timeout', workflow('  one: { steps: [{ run: ls }] }\n'))).toEqual([
      `${PATH}:3:3 warning job one has no timeout-minutes`,
    ])
    expect(await found('missing-timeout', steps('      - run: ls\n'))).toEqual([])
  })

  it('does not keep the token in git, unless it pushes', async () => {
    const checkout = '      - uses: actions/checkout@v4\n'
    expect(await found('persisted-credentials', steps(checkout))).toHaveLength(1)
    const without = `${checkout}        with: { persist-credentials: false }\n`
    expect(await found('persisted-credentials', steps(without))).toEqual([])
    expect(
      await found('persisted-credentials', steps(`${checkout}      - run: git push origin topic\n`)),
    ).toEqual([])
  })

  it('installs what is locked when it writes', async () => {
    const pushing = (run: string) => steps(`      - run: ${run}\n      - run: git push --tags\n`)
    for (const run of ['pip install build', 'uvx twine check', 'pipx run cz bump'])
      expect(await found('unlocked-install', pushing(run))).toHaveLength(1)
    expect(await found('unlocked-install', pushing('pip install --require-hashes -r x.txt'))).toEqual([])
    expect(await found('unlocked-install', steps('      - run: pip install build\n'))).toEqual([])
  })

  it('does not throw failures away', async () => {
    expect(await found('hidden-failure', steps('      - run: bandit -r src || true # for now\n'))).toEqual([
      `${PATH}:6:14 warning the failure of \`bandit -r src\` is thrown away`,
    ])
    expect(await found('hidden-failure', steps('      - run: rm x || true\n'))).toEqual([])
  })
})
