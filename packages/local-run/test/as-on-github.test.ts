import { afterAll, describe, expect, it } from '@jest/globals'
import { writeFiles } from '@tokenledger/testkit'
import { checkout, killAll, start } from './start-ci.ts'

afterAll(killAll)

describe('npm run ci, where act is not as GitHub is,', () => {
  it('runs at a tag what the tag starts, on what the checkout holds', async () => {
    const repo = checkout(`
on: { push: { tags: [v*] } }
jobs:
  here:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: |
          echo "$GITHUB_REF_TYPE $GITHUB_REF_NAME $GITHUB_REF"
          test "$(git rev-parse HEAD v1.0.0)" = "$(printf '%s\\n' "$GITHUB_SHA" "$GITHUB_SHA")" && echo the commit
          false
`)
    const { code, text } = await start(repo, '--tag', 'v1.0.0').end
    expect(text).toMatch(/│ tag v1\.0\.0 refs\/tags\/v1\.0\.0$/m)
    expect(text).toContain('│ the commit')
    expect(code).toBe(1)
    const other = await start(repo, '--tag', 'w1').end
    expect(other.text).toContain('starts on push at tag w1.')
    expect((await start(repo).end).text).toContain('starts on push.')
  })

  it('gives an identity to jobs with id-token: write alone, through a called workflow too', async () => {
    const job = (permissions: string) => `
    runs-on: ubuntu-latest
    ${permissions}
    steps:
      - run: echo "$GITHUB_JOB at '$ACTIONS_ID_TOKEN_REQUEST_URL'" && false`
    const repo = checkout(`
name: Caller
on: push
permissions: {}
jobs:
  none: ${job('')}
  own: ${job('permissions: { id-token: write }')}
  outer:
    permissions: { id-token: write }
    uses: ./.github/workflows/called.yml
`)
    writeFiles(repo, {
      '.github/workflows/called.yml': `
name: Called
on: workflow_call
jobs:
  inherits: ${job('')}
  declines: ${job('permissions: { contents: read }')}
`,
    })
    const { text } = await start(repo).end
    for (const name of ['none', 'declines']) expect(text).toContain(`│ ${name} at ''`)
    for (const name of ['own', 'inherits']) expect(text).toContain(`│ ${name} at 'http://127.0.0.1:`)
  })

  it('takes the outputs of a skipped job for empty, as GitHub does, and shows its condition as it is written', async () => {
    const repo = checkout(`
on: push
jobs:
  outer:
    uses: ./.github/workflows/called.yml
  empty:
    needs: outer
    if: needs.outer.outputs.word == ''
    runs-on: ubuntu-latest
    steps:
      - run: echo "the word is '$WORD'" && false
        env: { WORD: "\${{ needs.outer.outputs.word || 'none' }}" }
  full:
    needs: outer
    if: needs.outer.outputs.word != ''
    runs-on: ubuntu-latest
    steps: [{ run: exit 1 }]
`)
    writeFiles(repo, {
      '.github/workflows/called.yml': `
on:
  workflow_call:
    outputs:
      word: { value: "\${{ jobs.never.outputs.word && 'full' || jobs.ran.outputs.word }}" }
jobs:
  ran:
    runs-on: ubuntu-latest
    outputs: { word: "\${{ steps.none.outputs.word }}" }
    steps: [{ run: 'true' }]
  never:
    if: github.actor == 'nobody'
    runs-on: ubuntu-latest
    outputs: { word: "\${{ steps.say.outputs.word }}" }
    steps:
      - id: say
        run: echo word=full >> "$GITHUB_OUTPUT"
  gate:
    if: always()
    needs: [ran, never]
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
`,
    })
    const { text } = await start(repo).end
    expect(text).toContain("│ the word is 'none'")
    expect(text).toContain("- full skipped (needs.outer.outputs.word != '')")
  })

  it('publishes to an index of the run alone, from which later steps install', async () => {
    const repo = checkout(`
on: push
jobs:
  publish:
    permissions: { id-token: write }
    runs-on: ubuntu-latest
    steps:
      - shell: python3 {0}
        run: |
          import pathlib, zipfile
          pathlib.Path("dist").mkdir()
          with zipfile.ZipFile("dist/run_meter-7.0-py3-none-any.whl", "w") as wheel:
              at = "run_meter-7.0.dist-info/"
              wheel.writestr(at + "METADATA", "Metadata-Version: 2.1\\nName: run-meter\\nVersion: 7.0\\n")
              wheel.writestr(at + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
              wheel.writestr(at + "RECORD", "")
      - uses: pypa/gh-action-pypi-publish@v1
      - run: python3 -m pip download --quiet --no-deps --dest got run-meter==7.0 && ls got && false
`)
    const { text } = await start(repo).end
    expect(text).toContain('✓ publish · pypa/gh-action-pypi-publish@v1')
    expect(text).toContain('│ run_meter-7.0-py3-none-any.whl')
  })

  it('tells a job of a called workflow by names: its own, and that of the one that the event has started', async () => {
    const repo = checkout(`
name: Caller
on: push
jobs:
  outer:
    uses: ./.github/workflows/called.yml
`)
    writeFiles(repo, {
      '.github/workflows/called.yml': `
name: Called
on: workflow_call
jobs:
  inner:
    runs-on: ubuntu-latest
    steps:
      - run: echo "$GITHUB_WORKFLOW of $LOCAL_RUN_WORKFLOW" && false
`,
    })
    expect((await start(repo).end).text).toContain('│ Called of Caller')
  })
})
