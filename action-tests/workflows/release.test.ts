import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CleanUp, newRunFolder, openWorld, type Played, type World } from '@tokenledger/local-run'
import { gitIn } from '@tokenledger/testkit'
import { readFromZip } from '@tokenledger/tool-install'
import { ours } from './run-ci.ts'

const WORLD_MS = 120_000
/** A run of act with ten jobs; on a busy computer each of them takes seconds. */
const RUN_MS = 180_000

const cleanUp = new CleanUp()
const printed: string[] = []
let world: World
beforeAll(async () => {
  const folder = await newRunFolder()
  cleanUp.add(() => folder.remove())
  world = await openWorld(
    { ours: ours(), folder, edit: leaveOutCi, print: line => printed.push(line) },
    cleanUp,
  )
  await merge020()
}, WORLD_MS)
afterAll(() => cleanUp.run())

function change(folder: string, path: string, before: string, after: string): void {
  const text = readFileSync(join(folder, path), 'utf8')
  expect(text).toContain(before)
  writeFileSync(join(folder, path), text.replace(before, after))
}

/** The demo runs the CI of a release; without it a release takes seconds. */
function leaveOutCi(folder: string): void {
  change(
    folder,
    '.github/workflows/release.yml',
    'release-prepare.yml@v1\n    with:\n',
    'release-prepare.yml@v1\n    with:\n      ci: false\n',
  )
}

/** Brings 0.2.0 to main and tags it, as version-bump.yml does. */
async function merge020(): Promise<void> {
  const folder = await world.clone('origin/main')
  change(folder, 'tokenledger/__init__.py', '__version__ = "0.1.0"', '__version__ = "0.2.0"')
  change(folder, 'CHANGELOG.md', '## [Unreleased]\n', '## [Unreleased]\n\n## [0.2.0] - 2026-11-24\n')
  const git = gitIn(folder)
  git('commit', '--quiet', '--all', '--message', 'chore(release): v0.2.0 (#4)')
  git('tag', '--annotate', '--message', 'Release v0.2.0', 'v0.2.0')
  git('push', '--quiet', world.bare, 'HEAD:main', 'v0.2.0')
}

const release = (tag: string): Promise<Played> =>
  world.run(tag, { event: 'workflow_dispatch', workflow: 'release.yml', tag })

const outcomes = ({ verdicts }: Played) =>
  Object.fromEntries(
    verdicts
      .filter(({ name }) => !name.startsWith('prepare / ci'))
      .map(({ name, outcome }) => [name, outcome.kind]),
  )

const GREEN = Object.fromEntries(
  ['verify', 'build', 'attest', 'draft', 'gate']
    .map(name => `prepare / ${name}`)
    .concat('pypi', 'publish / publish', 'publish / gate')
    .map(name => [name, 'success']),
)

/** Digest by name of what is in an artifact of a run. */
async function filesOf({ artifacts }: Played, name: string): Promise<Record<string, string>> {
  const archive = artifacts.find(artifact => artifact.name === name)?.file ?? ''
  const files = await readFromZip(archive, () => true, 1_000_000)
  const digest = (content: Buffer) => `sha256:${createHash('sha256').update(content).digest('hex')}`
  return Object.fromEntries(files.map(({ name, content }) => [name, digest(content)]))
}

const digests = (files: readonly { name: string; digest?: string | undefined }[]) =>
  Object.fromEntries(files.map(({ name, digest }) => [name, digest]))

/** All that a release leaves behind for others. */
async function state() {
  const { releases, attestations } = world.github
  const refs = gitIn(world.bare)('for-each-ref')
  return structuredClone({ releases, attestations, refs, index: await world.index.page('tokenledger') })
}

describe('release.yml on examples/tokenledger', () => {
  it(
    'builds once, and what was built is attested, on the index and in the one release that is published',
    async () => {
      const run = await release('v0.2.0')
      expect(outcomes(run)).toEqual(GREEN)
      const built = await filesOf(run, 'dist')
      expect(Object.keys(built).sort()).toEqual([
        'tokenledger-0.2.0-py3-none-any.whl',
        'tokenledger-0.2.0.tar.gz',
      ])
      const { github } = world
      expect(github.releases).toMatchObject([
        { tag: 'v0.2.0', name: 'v0.2.0', draft: false, prerelease: false, latest: true, immutable: true },
      ])
      expect(github.releases[0]?.body).toContain('- Dashboard: a page of costs by model.')
      const { SHA256SUMS: sums, ...assets } = digests(github.releases[0]?.assets ?? [])
      expect(sums).toMatch(/^sha256:/)
      expect(assets).toEqual(built)
      const onIndex = digests((await world.index.page('tokenledger')).files)
      expect(onIndex).toMatchObject(built)
      expect(Object.keys(onIndex)).toHaveLength(3)
      expect(github.attestations.flatMap(({ subjects }) => subjects).sort()).toEqual(
        Object.values(built).sort(),
      )
      expect(github.violations).toEqual([])
    },
    RUN_MS,
  )

  it(
    'is green once more when it runs again, and changes nothing',
    async () => {
      const before = await state()
      const run = await release('v0.2.0')
      const bad = Object.entries(outcomes(run)).filter(
        ([, outcome]) => !['success', 'skipped'].includes(outcome),
      )
      expect(bad).toEqual([])
      expect(await state()).toEqual(before)
    },
    RUN_MS,
  )

  it(
    'refuses a tag that is not the version of the tree before anything is built',
    async () => {
      gitIn(world.bare)('tag', 'v0.3.0', 'main')
      const before = await state()
      const run = await release('v0.3.0')
      expect(outcomes(run)).toMatchObject({ 'prepare / verify': 'failure', 'prepare / gate': 'failure' })
      expect(Object.values(outcomes(run)).filter(outcome => outcome === 'success')).toEqual([])
      const verify = run.verdicts.find(({ name }) => name === 'prepare / verify')?.run
      expect(verify?.annotations.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^RELEASE_TAG_MISMATCH: tag v0\.3\.0 is version 0\.3\.0, but /),
      ])
      expect(verify?.summaries.join('')).toContain('v0.3.0 was not verified')
      expect(run.artifacts).toEqual([])
      expect(await state()).toEqual(before)
    },
    RUN_MS,
  )
})
