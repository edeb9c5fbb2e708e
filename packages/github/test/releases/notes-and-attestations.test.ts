import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, READ_ONLY } from '@tokenledger/testkit'
import { attestationsOf, generateNotes } from '../../src/index.ts'
import { problem, type ReleaseLab, releaseLab, repository, sha256 } from './release-lab.ts'

let lab: ReleaseLab
beforeEach(async () => {
  lab = await releaseLab()
})
afterEach(async () => {
  expect(lab.github.violations).toEqual([])
  await lab.close()
})

const NOTES = 'POST /repos/{owner}/{repo}/releases/generate-notes'

describe('the notes of GitHub', () => {
  it('are those since the previous tag', async () => {
    expect(await generateNotes(lab.client, { repository, tag: 'v1.2.3', previousTag: 'v1.2.2' })).toEqual({
      name: 'v1.2.3',
      body: '**Full Changelog**: https://github.com/acme/consumer/compare/v1.2.2...v1.2.3',
    })
  })

  it('are asked for again when the answer is lost', async () => {
    lab.github.breakAt({ operation: NOTES, phase: 'after', with: BREAKS.reset })
    expect(await generateNotes(lab.client, { repository, tag: 'v1.2.3' })).toMatchObject({ name: 'v1.2.3' })
  })

  it('need a tag that is there', async () => {
    expect(await problem(generateNotes(lab.client, { repository, tag: 'v1.2.3', previousTag: 'v9' }))).toBe(
      'RELEASE_REFUSED: 422 from POST /releases/generate-notes for v1.2.3: Invalid previous_tag parameter; correct what it names, and run this job again',
    )
  })

  it('need the permission', async () => {
    Object.assign(lab.github.settings, { permissions: READ_ONLY })
    expect(await problem(generateNotes(lab.client, { repository, tag: 'v1.2.3' }))).toBe(
      'RELEASE_FORBIDDEN: 403 from POST /releases/generate-notes: needs "contents: write"',
    )
  })
})

describe('the attestations of a file', () => {
  const digest = sha256('wheel')

  it('are counted', async () => {
    const subjects = [digest]
    lab.github.attestations.push(
      { id: 1, bundle: {}, subjects, predicateType: 'https://slsa.dev/provenance/v1' },
      { id: 2, bundle: {}, subjects: [sha256('other')], predicateType: 'https://slsa.dev/provenance/v1' },
    )
    expect(await attestationsOf(lab.client, { repository, digest })).toBe(1)
  })

  it('are none where GitHub knows none', async () => {
    expect(await attestationsOf(lab.client, { repository, digest })).toBe(0)
  })

  it('need the permission', async () => {
    Object.assign(lab.github.settings, { permissions: { contents: 'read' } })
    expect(await problem(attestationsOf(lab.client, { repository, digest }))).toBe(
      `RELEASE_FORBIDDEN: 403 from GET /attestations/${digest}: needs "attestations: read"`,
    )
  })
})
