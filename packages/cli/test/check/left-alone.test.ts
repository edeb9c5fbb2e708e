import { describe, expect, it } from '@jest/globals'
import { found } from './checking.ts'

const PATH = '.github/workflows/one.yml'
const workflow = (on: string, steps: string) => ({ [PATH]: `on: ${on}\njobs:\n  one:\n    steps:\n${steps}` })
const DOWNLOAD = '      - uses: actions/download-artifact@v4\n        with: { name: other }\n'
const UPLOAD = '      - uses: pypa/gh-action-pypi-publish@v1\n'
const TAGS = "{ push: { tags: ['v1.*'] } }"
const OURS =
  '      - uses: org/tokenledger-actions/actions/changelog-release@v1\n        with: { phase: verify }\n'

describe('check leaves alone', () => {
  it('artifacts that a caller or an unread action may have uploaded', async () => {
    expect(await found('artifact-not-uploaded', workflow('push', DOWNLOAD))).toHaveLength(1)
    expect(await found('artifact-not-uploaded', workflow('workflow_call', DOWNLOAD))).toEqual([])
    const inner = `      - uses: ./.github/actions/pack\n${DOWNLOAD}`
    expect(await found('artifact-not-uploaded', workflow('push', inner))).toEqual([])
  })

  it('patterns and globs of bump-my-version, whose dialect is its own', async () => {
    const settings = (file: string) => ({
      'pyproject.toml': `[tool.bumpversion]\ncurrent_version = "1.0.0"\n[[tool.bumpversion.files]]\n${file}\n`,
      'x.txt': 'nothing',
    })
    for (const file of ['filename = "x.txt"\nregex = true', 'glob = "*.txt"', 'filename = "{name}.txt"'])
      expect(await found('bumpversion-search', settings(file))).toEqual([])
  })

  it('rights that only the settings of the repository know', async () => {
    const files = {
      [PATH]: 'on: push\njobs:\n  one: { uses: ./.github/workflows/two.yml }\n',
      '.github/workflows/two.yml':
        'on: workflow_call\npermissions: { contents: read }\njobs: { two: { steps: [] } }\n',
    }
    expect(await found('call-permissions', files)).toEqual([])
  })

  it('a here-document that is no output of the step', async () => {
    const run = '      - run: |\n          echo "text<<EOF" > notes.txt\n'
    expect(await found('fixed-delimiter', workflow('push', run))).toEqual([])
  })

  it('a push to main by a run that main itself starts', async () => {
    const push = '      - run: git push origin main\n'
    expect(await found('push-from-any-branch', workflow('{ push: { branches: [main] } }', push))).toEqual([])
  })

  it('uploads that no tag starts, and those that changelog-release has verified', async () => {
    expect(await found('tag-version-unchecked', workflow(TAGS, UPLOAD))).toHaveLength(1)
    expect(await found('tag-version-unchecked', workflow(TAGS, OURS + UPLOAD))).toEqual([])
    expect(await found('tag-version-unchecked', workflow('workflow_dispatch', UPLOAD))).toEqual([])
  })

  it('read-all, which does not let a job sign in', async () => {
    const job = 'on: push\npermissions: read-all\njobs: { one: { steps: [{ run: pytest }] } }\n'
    expect(await found('id-token-with-code', { [PATH]: job })).toEqual([])
  })
})
