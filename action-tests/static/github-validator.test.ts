import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { build } from 'esbuild'
import { root, run, yamlOfActions } from './tracked-files.ts'

const OWN = 'org/tokenledger-actions'
const program = join(tempDir(), 'validator.mjs')

beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, 'github-validator.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  }),
)

const findings = (folder: string, files: readonly string[]) => {
  const { status, output } = run(process.execPath, [program, folder, OWN, ...files])
  if (status !== 0) throw new Error(output)
  return output.split('\n').filter(Boolean)
}

describe("GitHub's own validator", () => {
  it('accepts every workflow and action, the examples included', () => {
    const files = yamlOfActions()
    expect(files).toContain('actions/setup-uv-python/action.yml')
    expect(findings(root, files)).toEqual([])
  })

  it('follows our references and finds what is wrong behind them', () => {
    const folder = tempDir()
    writeFiles(folder, {
      'actions/greet/action.yml': [
        'name: greet',
        'description: greets',
        'inputs: { who: { description: whom, required: true } }',
        'runs: { using: composite, steps: [{ run: echo, shell: bash }] }',
      ].join('\n'),
      '.github/workflows/ci.yml': [
        'on: { workflow_call: { inputs: { os: { type: string, required: true } } } }',
        'jobs:',
        '  a:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        '      - uses: $/actions/greet',
        '        with: { whom: you }',
        '      - uses: $/actions/none',
      ].join('\n'),
      '.github/workflows/caller.yml': [
        'on: push',
        'jobs:',
        '  ci: { uses: org/tokenledger-actions/.github/workflows/ci.yml@v1, with: { system: linux } }',
      ].join('\n'),
    })
    const files = ['.github/workflows/ci.yml', '.github/workflows/caller.yml', 'actions/greet/action.yml']
    expect(findings(folder, files).sort()).toEqual([
      expect.stringMatching(/^\.github\/workflows\/caller\.yml:3 error: .*os/),
      expect.stringMatching(/^\.github\/workflows\/caller\.yml:3 error: .*system/),
      ".github/workflows/ci.yml:7 error: Invalid action input 'whom'",
      '.github/workflows/ci.yml:7 error: Missing required input `who`',
      expect.stringMatching(
        /^\.github\/workflows\/ci\.yml:8 error: Unable to resolve action `\$\/actions\/none`/,
      ),
    ])
  })
})
