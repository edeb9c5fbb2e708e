import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  bareClone,
  type GitHubApi,
  gitIn,
  gitRepo,
  type Loopback,
  serve,
  startGitHubApi,
} from '@tokenledger/testkit'
import { expression, runStep } from './run-step.ts'
import { readYaml, type Step, type Workflow } from './yaml-files.ts'

const { content } = readYaml<Workflow>('.github/workflows/self-release.yml')
const { bump, verify, test, dist, attest, draft, publish, major } = content.jobs
const repository = 'acme/ledger'
const script = (job: string): Step => {
  const step = content.jobs[job]?.steps?.find(one => one.run)
  if (!step) throw new Error(`job ${job} has no script`)
  return step
}

describe('self-release.yml', () => {
  it('starts at the tag of a version, and not at the tag of a major version that it moves', () => {
    const { push } = content.on as unknown as { push: { tags: string[] } }
    expect(push.tags).toEqual(['v[0-9]+.[0-9]+.[0-9]+'])
  })

  it('does one thing on a branch and the other at a tag', () => {
    expect([bump?.if, verify?.if]).toEqual([
      expression("github.ref_type == 'branch'"),
      expression("github.ref_type == 'tag'"),
    ])
  })

  it('drafts only what was tested, built again and attested', () => {
    expect([test?.needs, dist?.needs]).toEqual(['verify', 'verify'])
    expect([test?.uses, dist?.uses]).toEqual([
      '$/.github/workflows/self-test.yml',
      '$/.github/workflows/self-dist.yml',
    ])
    expect([attest?.needs, draft?.needs, publish?.needs]).toEqual([
      ['verify', 'test', 'dist'],
      ['verify', 'attest'],
      ['verify', 'attest', 'draft'],
    ])
  })

  it('lets a job write or sign only where no code of the tests or the build runs', () => {
    for (const job of [attest, draft, publish, major]) {
      const text = JSON.stringify(job?.steps)
      expect(text).not.toMatch(/npm |\.ci\/run|setup-node/)
    }
    expect([test, dist].map(job => job?.permissions)).toEqual([{ contents: 'read' }, { contents: 'read' }])
  })

  it('publishes and moves the major version behind the environment', () => {
    const environments = [publish, major].map(job => (job as { environment?: string }).environment)
    expect(environments).toEqual(['release', 'release'])
    expect(major?.permissions).toEqual({})
  })
})

describe('the look at the signature', () => {
  let tag: object
  let type: string
  let github: Loopback
  beforeEach(async () => {
    type = 'tag'
    tag = { verification: { verified: true, reason: 'valid' } }
    github = await serve(({ path }) => {
      const body = path.includes('/git/ref/') ? { object: { type, sha: 'a'.repeat(40) } } : tag
      return { status: 200, headers: {}, body: JSON.stringify(body) }
    })
  })
  afterEach(() => github.close())
  const look = (url = github.url) =>
    runStep(script('verify'), {
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: repository,
      TAG: 'v1.2.3',
      TOKEN: 'token',
    })

  it('passes a tag whose signature GitHub trusts', async () => {
    expect(await look()).toMatchObject({ status: 0, log: 'v1.2.3 is signed, and GitHub knows the key.\n' })
    expect(github.requests.map(({ path }) => path)).toEqual([
      '/repos/acme/ledger/git/ref/tags/v1.2.3',
      `/repos/acme/ledger/git/tags/${'a'.repeat(40)}`,
    ])
  })

  it('refuses a lightweight tag', async () => {
    type = 'commit'
    const { status, log } = await look()
    expect(status).toBe(1)
    expect(log).toContain('::error title=signed tag::v1.2.3 is a lightweight tag, which cannot be signed.')
  })

  it('refuses a signature that GitHub does not trust, with its reason', async () => {
    tag = { verification: { verified: false, reason: 'unknown_key' } }
    const { status, log } = await look()
    expect(status).toBe(1)
    expect(log).toContain('GitHub does not trust the signature of v1.2.3 (unknown_key). Leave it, bump')
  })

  it('says when GitHub cannot be asked', async () => {
    const { status, log } = await look('http://127.0.0.1:1')
    expect(status).toBe(1)
    expect(log).toMatch(/could not be asked for ref\/tags\/v1\.2\.3 \(.*\)\. Run this job again\./)
  })
})

describe('the archive of the bundles', () => {
  it('holds the bundles of the commit alone, in the same bytes at any time, with their digest as output', async () => {
    const { path, commit } = gitRepo({ 'dist/a/index.js': 'start\n', LICENSE: 'MIT\n', 'README.md': '# x\n' })
    commit({ 'dist/b.js': 'b\n' })
    const pack = () => runStep(script('attest'), { VERSION: '1.2.3' }, path)
    const first = await pack()
    expect(first.status).toBe(0)
    const [[name, digest] = ['', '']] = Object.entries(JSON.parse(first.outputs.digests ?? '{}'))
    expect(name).toBe('tokenledger-actions-1.2.3-dist.tar.gz')
    expect(readFileSync(join(path, 'SHA256SUMS'), 'utf8')).toBe(`${digest}  ${name}\n`)
    const tar = gunzipSync(readFileSync(join(path, 'package', name))).toString('latin1')
    expect(tar).toContain('tokenledger-actions-1.2.3/dist/a/index.js')
    expect(tar).not.toContain('README.md')
    const { path: other, git } = gitRepo()
    git('fetch', '--quiet', path, 'main')
    git('checkout', '--quiet', 'FETCH_HEAD')
    expect((await runStep(script('attest'), { VERSION: '1.2.3' }, other)).outputs).toEqual(first.outputs)
  })
})

describe('the move of the major version', () => {
  let github: GitHubApi
  let bare: string
  let shas: string[]
  const start = async (...changes: string[]) => {
    const repo = gitRepo()
    shas = changes.map(change => repo.commit({ [change]: change }))
    bare = bareClone(repo)
    github = await startGitHubApi({ repository, git: bare })
  }
  afterEach(() => github.close())
  const move = (commit = shas.at(-1) ?? '', tag = 'v1.2.3') =>
    runStep(script('major'), {
      ...github.env,
      GITHUB_REPOSITORY: repository,
      TAG: tag,
      COMMIT: commit,
      TOKEN: 'token',
    })
  const at = (tag: string) => gitIn(bare)('rev-parse', `refs/tags/${tag}`)

  it('makes the tag with the first release, moves it with the next, and a second run changes nothing', async () => {
    await start('one', 'two')
    const [first = '', second = ''] = shas
    expect((await move(first)).log).toBe(`v1 is at v1.2.3 (${first}).\n`)
    expect(at('v1')).toBe(first)
    expect((await move(second, 'v1.3.0')).summary).toBe('### ✅ `v1` is at `v1.3.0`\n')
    expect(at('v1')).toBe(second)
    expect((await move(second, 'v1.3.0')).log).toBe(`v1 is at ${second} already.\n`)
  })

  it('stays with a patch of an older line', async () => {
    await start('one', 'two')
    const [first = '', second = ''] = shas
    await move(second, 'v1.3.0')
    const { status, log } = await move(first)
    expect(status).toBe(0)
    expect(log).toBe('::notice title=v1::v1 stays: v1.2.3 does not follow on what it is at (behind).\n')
    expect(at('v1')).toBe(second)
  })

  it('refuses a commit that GitHub does not know', async () => {
    await start('one')
    await move()
    const { status, log } = await move('f'.repeat(40))
    expect(status).toBe(1)
    expect(log).toContain(`GitHub knows no commit ${'f'.repeat(40)}.`)
  })

  it('refuses a major version that has a release of its own', async () => {
    await start('one')
    github.addRelease({ tag: 'v1' })
    const { status, log } = await move()
    expect(status).toBe(1)
    expect(log).toContain('::error title=v1::v1 has a release of its own, which would freeze it.')
  })

  it('names what the app needs when the ruleset stops it', async () => {
    await start('one')
    github.settings.restrictedTags = ['v*']
    const { status, log } = await move()
    expect(status).toBe(1)
    expect(log).toMatch(/GitHub answered 422 to POST git\/refs \(.*creations being restricted/)
    expect(log).toContain('a place among those who bypass the ruleset of v1.')
  })
})
