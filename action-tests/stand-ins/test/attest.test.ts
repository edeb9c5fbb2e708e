import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  bareClone,
  type GitHubApi,
  gitRepo,
  type ResultsService,
  startGitHubApi,
  startResultsService,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'
import { runStandIn } from './run-stand-in.ts'

let github: GitHubApi
let results: ResultsService
beforeAll(async () => {
  github = await startGitHubApi({ repository: 'acme/consumer', git: bareClone(gitRepo()) })
  results = await startResultsService()
})
afterAll(async () => {
  await github.close()
  await results.close()
})

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const sums = `${digest('wheel')}  a.whl\n${digest('sdist')} *a.tar.gz\n`

async function attest(inputs: Record<string, string>, env: Record<string, string> = {}) {
  const workspace = tempDir()
  writeFiles(workspace, { 'dist/a.whl': 'wheel', 'dist/a.tar.gz': 'sdist', SHA256SUMS: sums })
  const job = {
    RUNNER_TEMP: tempDir(),
    GITHUB_SERVER_URL: 'https://github.com',
    ...github.env,
    ...results.env,
  }
  return runStandIn('actions/attest', { inputs, workspace, env: { ...job, ...env } })
}

function statementOf(bundle: { dsseEnvelope: { payload: string } }) {
  return JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString())
}

const both = [
  { name: 'a.tar.gz', digest: { sha256: digest('sdist') } },
  { name: 'a.whl', digest: { sha256: digest('wheel') } },
]

describe('an attestation', () => {
  it.each([
    ['subject-checksums', 'SHA256SUMS'],
    ['subject-checksums', sums],
    ['subject-path', 'dist/*.whl, dist/*.gz\ndist/a.whl'],
  ])('names each file of %s %j with its digest, and is stored for all of them', async (name, value) => {
    const { exitCode, outputs, log } = await attest({ [name]: value })
    expect(log).toContain('Attested a.whl sha256:')
    expect(exitCode).toBe(0)
    const stored = github.attestations.at(-1)
    expect(stored?.predicateType).toBe('https://slsa.dev/provenance/v1')
    expect(stored?.subjects.toSorted()).toEqual(both.map(each => `sha256:${each.digest.sha256}`).toSorted())
    const statement = statementOf(JSON.parse(readFileSync(outputs['bundle-path'] ?? '', 'utf8')))
    expect(
      statement.subject.toSorted((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)),
    ).toEqual(both)
    expect(outputs['attestation-id']).toBe(`${stored?.id}`)
    expect(outputs['attestation-url']).toBe(`https://github.com/acme/consumer/attestations/${stored?.id}`)
    expect(github.violations).toEqual([])
  })

  it('is of one digest by name, with a predicate of its own', async () => {
    const inputs = { 'subject-name': 'x', 'subject-digest': `sha256:${digest('x')}` }
    await attest({ ...inputs, 'predicate-type': 'https://example.com/p', predicate: '{"a":1}' })
    const { bundle } = github.attestations.at(-1) ?? {}
    expect(statementOf(bundle as never)).toMatchObject({
      predicateType: 'https://example.com/p',
      predicate: { a: 1 },
      subject: [{ name: 'x', digest: { sha256: digest('x') } }],
    })
  })

  it.each([
    [
      { 'subject-path': 'dist/*' },
      { ACTIONS_ID_TOKEN_REQUEST_URL: '' },
      'Give it "permissions: id-token: write"',
    ],
    [{}, {}, 'Give one of subject-path, subject-digest, subject-checksums; given: none.'],
    [{ 'subject-path': 'none/*' }, {}, 'subject-path "none/*" names nothing to attest.'],
    [{ 'subject-checksums': 'abc  a.whl' }, {}, '"abc" is no digest of SHA-256 or SHA-512.'],
    [{ 'subject-digest': 'sha256:1' }, {}, 'subject-digest needs a subject-name.'],
    [{ 'subject-path': 'dist/*', 'push-to-registry': 'true' }, {}, 'push-to-registry needs a registry'],
    [
      { 'subject-path': 'dist/*', predicate: '{}' },
      {},
      'predicate-type with one of predicate, predicate-path.',
    ],
  ])('is refused for %j with %j', async (inputs, env, words) => {
    const stored = github.attestations.length
    const { exitCode, annotations } = await attest(inputs, env)
    expect(annotations).toEqual([expect.stringContaining(words)])
    expect(exitCode).toBe(1)
    expect(github.attestations).toHaveLength(stored)
  })

  it('needs a token that may store it', async () => {
    github.settings.permissions = { contents: 'read' }
    const { annotations } = await attest({ 'subject-path': 'dist/*' })
    github.settings.permissions = undefined
    expect(annotations[0]).toContain('(HTTP 403). The job needs "permissions: attestations: write".')
  })
})
