import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type PypiServer, startPypiServer } from '@tokenledger/testkit'
import { parseVersion } from '@tokenledger/versioning'
import { checkIndex } from '../src/index-check.ts'
import { errors, type ReleaseJob, releaseJob } from './release-job.ts'
import { prepare, publish, published } from './story.ts'

let job: ReleaseJob
let index: PypiServer
beforeEach(async () => {
  job = await releaseJob()
  index = await startPypiServer({ cacheDirectory: join(tmpdir(), 'tokenledger-test-pypi') })
})
afterEach(async () => {
  await Promise.all([job.close(), index.close()])
  expect(job.github.violations).toEqual([])
})

async function upload(name: string, content = readFileSync(join(job.dist, name))) {
  const form = new FormData()
  form.set(':action', 'file_upload')
  form.set('content', new Blob([content]), name)
  expect((await fetch(index.url, { method: 'POST', body: form })).status).toBe(200)
}

const names = () => Object.keys(job.digests)
const checks = () => ({ 'verify-index': 'true', 'index-url': index.simpleUrl })

/** As the job that attests them does. */
function attest(digests: readonly string[]) {
  const subjects = digests.map(digest => `sha256:${digest}` as const)
  job.github.attestations.push({
    id: 1,
    subjects,
    predicateType: 'https://slsa.dev/provenance/v1',
    bundle: {},
  })
}

describe('the package index', () => {
  it('must hold every file before the release is published, and the proof says so', async () => {
    await prepare(job)
    for (const name of names()) await upload(name)
    const run = await publish(job, checks())
    expect(errors(run)).toEqual([])
    const [wheel = ''] = names()
    expect(run.summary).toContain('| file | SHA-256 | size | build | package index | release |')
    expect(run.summary).toContain(
      `| \`${wheel}\` | \`${job.digests[wheel]?.slice(0, 16)}\` | 530 B | ✅ | ✅ | ✅ |`,
    )
  })

  it('is waited for when it shows what it took a while later', async () => {
    await prepare(job)
    const running = publish(job, checks())
    const isUnderWay = () => job.github.requests.some(({ path }) => path.includes('/releases/assets/'))
    while (!isUnderWay()) await sleep(50)
    await sleep(1500)
    expect(published(job)).toEqual([])
    for (const name of names()) await upload(name)
    const run = await running
    expect(errors(run)).toEqual([])
    expect(run.stdout).toContain('The package index does not show every file yet; looking again in 2 s.')
    expect(published(job)).toEqual(['v1.3.0'])
  })

  it('that has other bytes under a name ends it, before and after the upload', async () => {
    const [wheel = '', sdist = ''] = names()
    await prepare(job)
    await upload(wheel, Buffer.from('other'))
    const other = createHash('sha256').update('other').digest('hex')
    const words = `RELEASE_INDEX_DIFFERS: the package index has ${wheel} as sha256:${other}, this run has sha256:${job.digests[wheel]}; a file name can never be used again there, so bump the version`
    const before = await job.run({ phase: 'verify', ...checks() }, { checkout: 'none' })
    expect(errors(before)).toEqual([words])
    await upload(sdist)
    expect(errors(await publish(job, checks()))).toEqual([words])
    expect(published(job)).toEqual([])
  })

  it('may lack the files before the upload', async () => {
    const run = await job.run({ phase: 'verify', ...checks() }, { checkout: 'none' })
    expect(errors(run)).toEqual([])
    expect(run.summary).toContain('| not yet |')
  })

  it('is asked again when it lacks a file after the upload, and then it ends', async () => {
    const [wheel = ''] = names()
    const digests = new Map([[wheel, `sha256:${job.digests[wheel]}`]])
    const version = parseVersion('1.3.0')
    if (!version) throw new Error('no version')
    const check = { version, mustBeThere: true, waits: [10, 10] }
    await expect(checkIndex(digests, { indexUrl: index.simpleUrl }, check)).rejects.toThrow(
      `RELEASE_INDEX_ABSENT: ${wheel} is not on the package index; run the job that uploads it, then this one again`,
    )
    await upload(wheel)
    await expect(checkIndex(digests, { indexUrl: index.simpleUrl }, check)).resolves.toEqual(
      new Map([[wheel, 'equal']]),
    )
  })

  it('is not asked for files that are no distributions of the version', async () => {
    const version = parseVersion('1.3.0')
    if (!version) throw new Error('no version')
    const others = ['dashboard.tar.gz', 'sbom.json', 'shop-1.2.0.tar.gz', 'shop-docs.zip']
    const digests = new Map(others.map(name => [name, `sha256:${'0'.repeat(64)}`]))
    const check = { version, mustBeThere: true, waits: [] }
    expect(await checkIndex(digests, { indexUrl: index.simpleUrl }, check)).toEqual(new Map())
  })
})

describe('attestations', () => {
  it('of every file let it be published, and the proof says so', async () => {
    await prepare(job)
    attest(Object.values(job.digests))
    const run = await publish(job, { 'verify-attestations': 'true' })
    expect(errors(run)).toEqual([])
    expect(run.summary).toContain('| file | SHA-256 | size | build | release | attested |')
  })

  it('of one file too few end it', async () => {
    const [wheel = '', sdist = ''] = names()
    await prepare(job)
    attest([job.digests[wheel] ?? ''])
    expect(errors(await publish(job, { 'verify-attestations': 'true' }))).toEqual([
      `RELEASE_NOT_ATTESTED: ${sdist} (sha256:${job.digests[sdist]}) has no attestation in acme/shop; run the job that attests it again, or set verify-attestations: false`,
    ])
    expect(published(job)).toEqual([])
  })

  it('and an index without any file to look for are no silent pass', async () => {
    await job.run({ phase: 'prepare', files: '', checksums: 'none' })
    for (const input of ['verify-attestations', 'verify-index']) {
      const run = await job.run(
        { phase: 'publish', files: '', checksums: 'none', [input]: 'true' },
        { checkout: 'none' },
      )
      expect(errors(run)).toEqual([
        'RELEASE_NO_FILES: verify-index and verify-attestations have no file to look for; give files or expected-digests, or turn them off',
      ])
    }
    expect(published(job)).toEqual([])
  })
})
