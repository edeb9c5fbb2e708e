import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHubLab, githubLab, repo } from './github-lab.ts'
import { sha256 } from './release-lab.ts'

let github: GitHubLab['github']
let repos: GitHubLab['octokit']['repos']
beforeEach(async () => {
  const lab = await githubLab()
  github = lab.github
  repos = lab.octokit.repos
})
afterEach(() => github.close())

const wheel = sha256('wheel')
const provenance = 'https://slsa.dev/provenance/v1'
const attest = (digests: readonly string[], predicateType = provenance) => {
  const subject = digests.map(digest => ({ name: 'a', digest: { sha256: digest.replace('sha256:', '') } }))
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: {} }
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64')
  const dsseEnvelope = { payload, payloadType: 'application/vnd.in-toto+json', signatures: [] }
  const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope }
  return repos.createAttestation({ ...repo, bundle })
}
const of = (subject_digest: string, query = {}) =>
  repos.listAttestations({ ...repo, subject_digest, ...query })

describe('attestations', () => {
  it('are found by the digest of each of their subjects', async () => {
    const { data } = await attest([wheel, sha256('sdist')])
    await attest([wheel], 'https://spdx.dev/Document/v2.3')
    expect((await of(wheel)).data.attestations).toHaveLength(2)
    const [only] = (await of(sha256('sdist'))).data.attestations ?? []
    expect(only?.bundle?.mediaType).toContain('sigstore.bundle')
    expect((await of(wheel, { predicate_type: 'provenance' })).data.attestations).toHaveLength(1)
    expect((await of(wheel, { predicate_type: provenance })).data.attestations).toHaveLength(1)
    expect(github.attestations).toMatchObject([
      { id: data.id, subjects: [wheel, sha256('sdist')], predicateType: provenance },
      { subjects: [wheel] },
    ])
    expect(github.violations).toEqual([])
  })

  it('are none for a digest that nobody attested', async () => {
    await attest([sha256('sdist')])
    await expect(of(wheel)).rejects.toMatchObject({ status: 404 })
    expect(github.violations).toEqual([])
  })

  it('need a statement in their envelope', async () => {
    const bundle = { mediaType: 'x', dsseEnvelope: { payload: 'nonsense' } }
    await expect(repos.createAttestation({ ...repo, bundle })).rejects.toMatchObject({ status: 422 })
    expect([github.attestations, github.violations]).toEqual([[], []])
  })

  it('need their own permission', async () => {
    github.settings.permissions = { contents: 'write', attestations: 'read' }
    await expect(attest([wheel])).rejects.toMatchObject({ status: 403 })
    await expect(of(wheel)).rejects.toMatchObject({ status: 404 })
    github.settings.permissions = { attestations: 'write' }
    expect((await attest([wheel])).status).toBe(201)
    expect(github.violations).toEqual([])
  })
})
