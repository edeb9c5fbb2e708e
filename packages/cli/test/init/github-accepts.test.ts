import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { build } from 'esbuild'
import { root, run } from '../../../../action-tests/static/tracked-files.ts'
import { adopter, PROJECTS, runInit, strippedExample } from './adopters.ts'

const program = join(tempDir(), 'validator.mjs')

beforeAll(() =>
  build({
    entryPoints: [join(root, 'action-tests/static/github-validator.ts')],
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

/** What GitHub's own validator says of the workflows of these folders, which call the ones of this repository. */
function findings(folders: readonly string[]): string {
  const files = folders.flatMap(folder => {
    const workflows = join(folder, '.github/workflows')
    return readdirSync(workflows).map(name => relative(root, join(workflows, name)))
  })
  return run(process.execPath, [program, root, 'org/tokenledger-actions', ...files]).output
}

describe("GitHub's own validator", () => {
  it('accepts every workflow that init writes', async () => {
    const folders = [strippedExample(), ...Object.keys(PROJECTS).map(name => adopter({}, name))]
    for (const folder of folders) await runInit(folder)
    expect(findings(folders)).toBe('')
  })

  it('is asked in earnest: it finds a call that cannot be', () => {
    const folder = tempDir()
    const call = 'org/tokenledger-actions/.github/workflows/ci.yml@v1'
    writeFiles(folder, {
      '.github/workflows/ci.yml': `on: push\njobs:\n  ci: { uses: ${call}, with: { speed: high } }\n`,
    })
    expect(findings([folder])).toContain('speed')
  })
})
