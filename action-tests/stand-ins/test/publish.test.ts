import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { cacheFolder } from '@tokenledger/kit'
import { type ResultsService, startResultsService, tempDir, writeFiles } from '@tokenledger/testkit'
import { CleanUp } from '../../../packages/local-run/src/clean-up.ts'
import {
  type PublishIndex,
  startPublishIndex,
} from '../../../packages/local-run/src/services/publish-index.ts'
import { runStandIn, STAND_INS } from './run-stand-in.ts'

const cleanUp = new CleanUp()
let index: PublishIndex
let results: ResultsService
beforeAll(async () => {
  const ours = join(STAND_INS, '..', '..')
  index = await startPublishIndex({ ours, cache: cacheFolder() }, cleanUp, () => {})
  results = await startResultsService()
}, 120_000)
afterAll(async () => {
  await results.close()
  await cleanUp.run()
})

const WHEEL = `import sys, zipfile
path, name, version, description = sys.argv[1:]
info = f"{name}-{version}.dist-info"
with zipfile.ZipFile(path, "w") as wheel:
    wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.4\\nName: {name}\\nVersion: {version}\\nDescription-Content-Type: text/x-rst\\n\\n{description}\\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{info}/RECORD", "")
`

/** A workspace with the wheel of a version in dist/; gives its path. */
function built(version: string, description = 'A meter.'): string {
  const workspace = tempDir()
  mkdirSync(join(workspace, 'dist'))
  const path = join(workspace, 'dist', `meter-${version}-py3-none-any.whl`)
  execFileSync('python3', ['-c', WHEEL, path, 'meter', version, description])
  return workspace
}

function publish(workspace: string, inputs: Record<string, string> = {}, env: Record<string, string> = {}) {
  const job = {
    GITHUB_WORKFLOW: 'Release',
    LOCAL_RUN_WORKFLOW: 'Release',
    ...results.env,
    ...index.environment,
  }
  return runStandIn('pypa/gh-action-pypi-publish', { workspace, inputs, env: { ...job, ...env } })
}

const names = async () => (await index.page('meter')).files.map(({ name }) => name).sort()

describe('a publication', () => {
  it('is on the index with the bytes of the build, and at once for those who install', async () => {
    const workspace = built('1.0')
    const { exitCode, log, masks } = await publish(workspace, { 'print-hash': 'true' })
    expect(log).toContain('meter-1.0-py3-none-any.whl: PASSED')
    expect(exitCode).toBe(0)
    expect(masks).toHaveLength(1)
    const content = readFileSync(join(workspace, 'dist', 'meter-1.0-py3-none-any.whl'))
    const sha256 = createHash('sha256').update(content).digest('hex')
    expect(log).toContain(`sha256 ${sha256}`)
    const file = { name: 'meter-1.0-py3-none-any.whl', size: content.byteLength, digest: `sha256:${sha256}` }
    expect((await index.page('meter')).files).toEqual([file])
    const seen = await fetch(`${index.environment.PIP_INDEX_URL}meter/`)
    expect(await seen.text()).toContain(sha256)
  })

  it('leaves out what is there when told so, and fails over it when not', async () => {
    await publish(built('2.0'))
    const again = built('2.0')
    const refused = await publish(again)
    expect(refused.annotations.at(-1)).toContain('twine upload failed with exit code 1')
    const skipped = await publish(again, { 'skip-existing': 'true' })
    expect(skipped.log).toContain('meter-2.0-py3-none-any.whl is on the index already and is left out.')
    expect(skipped.exitCode).toBe(0)
  })

  it.each([
    ['no identity', {}, { ACTIONS_ID_TOKEN_REQUEST_URL: '' }, 'Give it "permissions: id-token: write"'],
    [
      'a job of a called workflow',
      {},
      { GITHUB_WORKFLOW: 'release publish' },
      'works in no reusable workflow',
    ],
    ['an empty folder', { 'packages-dir': 'elsewhere' }, {}, 'There is no wheel and no sdist in '],
    ['a user without a password', { user: 'me' }, {}, 'needs a password'],
    ['no index', {}, { LOCAL_RUN_PUBLISH_INDEX: '' }, 'LOCAL_RUN_PUBLISH_INDEX is not set'],
  ])('is refused with %s, and nothing is uploaded', async (_, inputs, env, words) => {
    const before = await names()
    const { exitCode, annotations } = await publish(built('3.0'), inputs, env)
    expect(annotations).toEqual([expect.stringContaining(words)])
    expect(exitCode).toBe(1)
    expect(await names()).toEqual(before)
  })

  it('is refused by twine for a description that does not render, and for a file that is no package', async () => {
    const broken = await publish(built('4.0', '.. unknown-directive::'))
    expect(broken.annotations).toEqual([expect.stringContaining('twine check failed')])
    const mixed = built('5.0')
    writeFiles(mixed, { 'dist/SHA256SUMS': 'x' })
    const { annotations, log } = await publish(mixed, { 'verify-metadata': 'false' })
    expect(log).toContain("Unknown distribution format: 'SHA256SUMS'")
    expect(annotations).toEqual([expect.stringContaining('twine upload failed')])
  })
})
