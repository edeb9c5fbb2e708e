import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  type BundleRun,
  bareClone,
  type Files,
  type GitHubApi,
  gitIn,
  gitRepo,
  runBundle,
  startGitHubApi,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'
import { runStep } from '../contracts/run-step.ts'
import { readYaml, root, type Step, type Workflow } from '../contracts/yaml-files.ts'

const { content } = readYaml<Workflow>('.github/workflows/self-release.yml')
const repository = 'org/tokenledger-actions'

/** Our own files at version 0.1.0, whatever it is today. */
function ownFiles(): Files {
  const at = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
  const [manifest, lock] = [at('package.json'), at('package-lock.json')]
  manifest.version = lock.version = lock.packages[''].version = '0.1.0'
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'package-lock.json': `${JSON.stringify(lock, null, 2)}\n`,
    'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something new, by hand.\n',
    LICENSE: 'MIT\n',
    'dist/version-bump/index.js': readFileSync(join(root, 'dist/version-bump/index.js')),
  }
}

/** What a job hands to our action, with the values of this run in place of its expressions. */
function given(job: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const step = content.jobs[job]?.steps?.find(({ uses }) => uses?.startsWith('$/'))
  const inputs = Object.entries(step?.with ?? {}).map(([name, value]) => [
    name,
    String(value).replace(/\$\{\{ (\S+) \}\}/g, (_, known: string) => {
      const found = values[known]
      if (found === undefined) throw new Error(`${job} takes ${known}, which this run does not have`)
      return found
    }),
  ])
  return { 'github-token': 'runner-token', ...Object.fromEntries(inputs) }
}

describe('this repository, released by its own bundles as self-release.yml calls them', () => {
  let github: GitHubApi
  let bare: string
  let sha: string
  let digests: string

  beforeAll(async () => {
    const origin = gitRepo(ownFiles())
    origin.git('tag', '--annotate', '--message', 'v0.1.0', 'v0.1.0')
    origin.commit({ 'src/new.ts': 'new\n' }, 'feat: something new (#1)')
    bare = bareClone(origin)
    github = await startGitHubApi({ repository, git: bare, settings: { immutableReleases: true } })
  })
  afterAll(() => github.close())

  const checkout = (ref: string) => {
    const workspace = tempDir('checkout-')
    const git = gitIn(workspace)
    git('clone', '--quiet', `file://${bare}`, '.')
    git('checkout', '--quiet', '--detach', ref)
    return workspace
  }
  const event = join(tempDir('event-'), 'event.json')
  const run = (
    job: string,
    action: string,
    ref: string,
    workspace: string,
    values = {},
  ): Promise<BundleRun> => {
    writeFiles(join(event, '..'), {
      'event.json': JSON.stringify({ repository: { default_branch: 'main' } }),
    })
    return runBundle(action, {
      workspace,
      inputs: given(job, values),
      env: {
        ...github.env,
        GITHUB_REPOSITORY: repository,
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_EVENT_PATH: event,
        GITHUB_REF: ref,
        GITHUB_REF_NAME: ref.replace(/^refs\/\w+\//, ''),
        GITHUB_SHA: gitIn(workspace)('rev-parse', 'HEAD'),
      },
    })
  }
  const released = () => ({
    'needs.verify.outputs.tag': 'v0.2.0',
    'needs.attest.outputs.digests': digests,
  })
  const script = (job: string, values: Record<string, string>, folder?: string) =>
    runStep(content.jobs[job]?.steps?.find(one => one.run) as Step, { ...github.env, ...values }, folder)

  it('bumps the version of package.json and its lock file in a pull request', async () => {
    const bumped = await run('bump', 'version-bump', 'refs/heads/main', checkout('main'), {
      'inputs.part': 'auto',
    })
    expect(bumped.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(bumped.outputs).toMatchObject({ 'new-version': '0.2.0', tag: 'v0.2.0', verified: 'true' })
    expect(JSON.parse(bumped.outputs.files ?? '[]').sort()).toEqual([
      'CHANGELOG.md',
      'package-lock.json',
      'package.json',
    ])
    sha = github.mergePull(Number(bumped.outputs['pull-request-number']), 'squash')
    gitIn(bare)('tag', '--annotate', '--message', 'v0.2.0', 'v0.2.0', sha)
  })

  it('verifies the tag of the merged commit', async () => {
    const verified = await run('verify', 'changelog-release', 'refs/tags/v0.2.0', checkout('v0.2.0'))
    expect(verified.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(verified.outputs).toMatchObject({ state: 'verified', 'commit-sha': sha, version: '0.2.0' })
  })

  it('packs the bundles and drafts the release with them', async () => {
    const workspace = checkout('v0.2.0')
    const { status, outputs } = await script('attest', { VERSION: '0.2.0' }, workspace)
    expect(status).toBe(0)
    digests = outputs.digests ?? ''
    const drafted = await run('draft', 'changelog-release', 'refs/tags/v0.2.0', workspace, released())
    expect(drafted.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(drafted.outputs.state).toBe('prepared')
  })

  it('publishes only what is attested, and then GitHub freezes it', async () => {
    const early = await run(
      'publish',
      'changelog-release',
      'refs/tags/v0.2.0',
      checkout('v0.2.0'),
      released(),
    )
    expect(early.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^RELEASE_NOT_ATTESTED: tokenledger-actions-0\.2\.0-dist\.tar\.gz/),
    ])
    const subjects = Object.values(JSON.parse(digests)).map(digest => `sha256:${digest}`)
    github.attestations.push({ id: 1, subjects, predicateType: 'https://slsa.dev/provenance/v1', bundle: {} })
    const published = await run(
      'publish',
      'changelog-release',
      'refs/tags/v0.2.0',
      checkout('v0.2.0'),
      released(),
    )
    expect(published.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(published.outputs).toMatchObject({ state: 'published', immutable: 'true' })
    const [release] = github.releases
    expect(release?.assets.map(({ name }) => name).sort()).toEqual([
      'SHA256SUMS',
      'tokenledger-actions-0.2.0-dist.tar.gz',
    ])
    expect(release?.body).toContain('- Something new, by hand.')
  })

  it('moves the tag of the major version, and a second run finds all of it done', async () => {
    const values = { GITHUB_REPOSITORY: repository, TAG: 'v0.2.0', COMMIT: sha, TOKEN: 'app' }
    expect((await script('major', values)).log).toBe(`v0 is at v0.2.0 (${sha}).\n`)
    const again = await run('verify', 'changelog-release', 'refs/tags/v0.2.0', checkout('v0.2.0'))
    expect(again.outputs.state).toBe('already-published')
    expect(github.violations).toEqual([])
  })
})
