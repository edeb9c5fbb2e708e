import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bareClone, type Codecov, type GitHubApi, startCodecov, startGitHubApi } from '@tokenledger/testkit'
import { coberturaXml, errors, eventFile, type Job, job } from './coverage-job.ts'

const repository = 'acme/consumer'
let codecov: Codecov
let github: GitHubApi
let checkout: Job

beforeEach(async () => {
  checkout = job({ 'shop/a.py': 'a = 1\nb = 2\n' }, { 'shop/a.py': 'a = 1\nb = 3\n' })
  checkout.write({
    'coverage.xml': coberturaXml(join(checkout.repository.path, 'shop'), {
      'a.py': { hit: [1], missed: [2] },
    }),
  })
  codecov = await startCodecov({ slug: repository })
  github = await startGitHubApi({ repository, git: bareClone(checkout.repository), token: 'runner-token' })
  github.addPull({ title: 'A change', head: 'main' })
})
afterEach(async () => {
  await codecov.close()
  await github.close()
})

/** A pull request from a branch of the same repository, whose head is checked out. */
function pullRequest(): Record<string, string> {
  const { git } = checkout.repository
  const [sha, base] = [git('rev-parse', 'HEAD'), git('rev-parse', 'HEAD~1')]
  const repo = { full_name: repository }
  return {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: 'refs/pull/1/merge',
    GITHUB_SHA: sha,
    GITHUB_EVENT_PATH: eventFile({
      number: 1,
      repository: { private: false },
      pull_request: { number: 1, head: { sha, ref: 'topic', repo }, base: { sha: base, ref: 'main', repo } },
    }),
    GITHUB_API_URL: github.url,
  }
}

const run = (inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
  checkout.run(
    { 'codecov-url': codecov.url, 'codecov-token': codecov.tokens.repository, ...inputs },
    { env: { ...pullRequest(), ...env } },
  )

type Fault = Parameters<Codecov['fail']>[0]

describe('trouble with Codecov', () => {
  const ROWS: readonly [what: string, fault: Fault, output: string, says: RegExp][] = [
    [
      'a sign-in that is refused',
      '401-tokenless',
      'rejected',
      /^Codecov answered 401 "Token required - not valid tokenless upload" for acme\/consumer@[0-9a-f]{7} \(event pull_request, fork no, token used, OIDC none\)\./,
    ],
    ['a repository that is turned off', '400-deactivated', 'rejected', /^Codecov answered 400 .*Activate/],
    [
      'a rate limit that is longer than we wait',
      { '429': 1009 },
      'rate-limited',
      /^Codecov answered 429; it asks to wait 1009 s, longer than upload-timeout 2 s\. The gate itself passed; re-run this job later\.$/,
    ],
    ['a server that fails on and on', { '5xx': 99 }, 'unreachable', /^Nothing was uploaded to Codecov/],
    ['a server that says nothing', 'hang', 'unreachable', /not done within upload-timeout 2 s/],
    ['a storage that is closed', 'put-503', 'unreachable', /storage answered 503/],
    ["somebody else's page", 'html-502', 'unreachable', /answered 502/],
  ]
  it.each(ROWS)(
    '%s: a warning with upload auto, a failure with required',
    async (_what, fault, output, says) => {
      const end = codecov.fail(fault)
      const inputs = { 'min-total': '50', 'upload-timeout': '2s', comment: 'off' }
      const [auto, required] = await Promise.all([
        run({ ...inputs, upload: 'auto' }),
        run({ ...inputs, upload: 'required' }),
      ])
      end()
      expect(auto.exitCode).toBe(0)
      expect(errors(auto)).toEqual([])
      expect(auto.annotations.map(({ message }) => message)).toContainEqual(expect.stringMatching(says))
      expect(required.exitCode).toBe(1)
      expect(errors(required)).toEqual([expect.stringMatching(says)])
      for (const { outputs, summary, stdout } of [auto, required]) {
        expect(outputs).toMatchObject({ upload: output, gate: 'pass', total: '50', 'codecov-url': '' })
        expect(summary).toMatch(/^### ✅ Coverage gate passed/)
        expect(summary).toMatch(/answered|uploaded to Codecov/)
        expect(stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(codecov.tokens.repository)
      }
    },
  )

  it('never turns a gate that failed, which is told first', async () => {
    codecov.fail('401-protected')
    const ran = await run({ 'min-total': '90', upload: 'required', comment: 'off' })
    expect(ran.exitCode).toBe(1)
    expect(errors(ran)).toEqual([
      expect.stringMatching(/^Total coverage 50% \(1 of 2\) is below min-total 90%\./),
      expect.stringMatching(/^Codecov answered 401/),
    ])
    expect(ran.outputs.gate).toBe('fail')
  })

  it('does not fail when fail-on leaves the upload out', async () => {
    codecov.fail('401-protected')
    const ran = await run({ 'fail-on': 'gate', upload: 'required', comment: 'off' })
    expect(ran.exitCode).toBe(0)
    expect(ran.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([
      expect.stringMatching(/is not covered by tests/),
      expect.stringMatching(/^Codecov answered 401/),
    ])
  })
})

describe('trouble with GitHub', () => {
  it.each([
    ['403', { status: 403, body: { message: 'Resource not accessible by integration' } }, 'notice'],
    ['404', { status: 404, body: { message: 'Not Found' } }, 'notice'],
    ['422', { status: 422, body: { message: 'Validation Failed' } }, 'warning'],
  ] as const)(
    'a comment that is refused (%s) changes nothing of the verdict',
    async (_status, answer, level) => {
      github.fault({ method: 'POST', path: '/comments', ...answer })
      const ran = await run({ 'min-total': '50', upload: 'off' })
      expect(ran.exitCode).toBe(0)
      expect(ran.outputs).toMatchObject({ gate: 'pass', 'comment-url': '' })
      const said = ran.annotations.filter(each => each.message.startsWith('Comment not posted'))
      expect(said).toEqual([expect.objectContaining({ level })])
      expect(ran.summary).toContain('Comment not posted')
    },
  )

  it('nobody at home', async () => {
    const url = github.url
    await github.close()
    const ran = await run({ upload: 'off' }, { GITHUB_API_URL: url })
    expect(ran.exitCode).toBe(0)
    expect(ran.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Comment not posted/),
    )
  })
})

describe('a run that goes well', () => {
  it('uploads, comments, and has both in its outputs', async () => {
    const ran = await run({ upload: 'required', 'min-patch': '0', flags: 'unit, linux' })
    expect(errors(ran)).toEqual([])
    expect(ran.exitCode).toBe(0)
    expect(ran.outputs.upload).toBe('uploaded')
    expect(ran.outputs['codecov-url']).toMatch(
      /^https:\/\/app\.codecov\.io\/github\/acme\/consumer\/commit\//,
    )
    expect(ran.outputs['comment-url']).toMatch(/#issuecomment-\d+$/)
    const [sent] = codecov.uploads
    expect(sent?.flags).toEqual(['unit', 'linux'])
    expect(sent?.payload?.reports.map(({ filename }) => filename)).toEqual(['coverage.xml'])
    expect(sent?.payload?.network).toEqual(['.gitignore', 'shop/a.py'])
    const [comment] = github.comments
    expect(comment?.body).toContain('shop/a.py')
    expect(comment?.body).toContain(ran.outputs['codecov-url'])
    expect(github.violations).toEqual([])
  })
})
