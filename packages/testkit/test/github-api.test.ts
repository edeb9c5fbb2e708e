import { gzipSync } from 'node:zlib'
import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bareClone, type GitHubApi, type GitRepo, gitRepo, startGitHubApi } from '@tokenledger/testkit'

const repo = { owner: 'acme', repo: 'consumer' }
let source: GitRepo
let github: GitHubApi
let octokit: ReturnType<typeof getOctokit>['rest']
let first: string

beforeEach(async () => {
  source = gitRepo({ 'README.md': '# one\n', 'src/app.py': 'x = 1\n' })
  first = source.git('rev-parse', 'HEAD')
  source.git('switch', '--quiet', '--create', 'feature/limits')
  source.commit({ 'src/app.py': 'x = 2\ny = 3\n', 'docs/ü ber.md': 'hi' }, 'feat: limits')
  source.git('mv', 'README.md', 'READ ME.md')
  source.commit({}, 'docs: rename')
  github = await startGitHubApi({
    repository: 'acme/consumer',
    git: bareClone(source),
    token: 'runner-token',
  })
  octokit = getOctokit('runner-token', { baseUrl: github.url }).rest
})

afterEach(() => github.close())

describe('refs', () => {
  it('are those of the bare repository, read, created, moved and deleted', async () => {
    const { data } = await octokit.git.getRef({ ...repo, ref: 'heads/feature/limits' })
    const head = source.git('rev-parse', 'feature/limits')
    expect(data.object).toMatchObject({ sha: head, type: 'commit' })
    await octokit.git.createRef({ ...repo, ref: 'refs/tags/v1', sha: first })
    await octokit.git.updateRef({ ...repo, ref: 'tags/v1', sha: head })
    const tags = await octokit.git.listMatchingRefs({ ...repo, ref: 'tags/v' })
    expect(tags.data.map(({ ref, object }) => [ref, object.sha])).toEqual([['refs/tags/v1', head]])
    await octokit.git.deleteRef({ ...repo, ref: 'tags/v1' })
    await expect(octokit.git.getRef({ ...repo, ref: 'tags/v1' })).rejects.toMatchObject({ status: 404 })
    expect(github.violations).toEqual([])
  })

  it('refuse what git would lose or does not have', async () => {
    const move = octokit.git.updateRef({ ...repo, ref: 'heads/feature/limits', sha: first })
    await expect(move).rejects.toThrow('Update is not a fast forward')
    const twice = octokit.git.createRef({ ...repo, ref: 'refs/heads/main', sha: first })
    await expect(twice).rejects.toThrow('Reference already exists')
    const unknown = octokit.git.createRef({ ...repo, ref: 'refs/heads/x', sha: 'f'.repeat(40) })
    await expect(unknown).rejects.toThrow('Object does not exist')
  })
})

describe('commits', () => {
  it('are compared from the merge base, with renames and patches', async () => {
    source.git('switch', '--quiet', 'main')
    const basehead = 'main...feature/limits'
    const { data } = await octokit.repos.compareCommitsWithBasehead({ ...repo, basehead })
    expect(data).toMatchObject({ status: 'ahead', ahead_by: 2, behind_by: 0, total_commits: 2 })
    expect(data.commits.map(({ commit }) => commit.message)).toEqual(['feat: limits', 'docs: rename'])
    expect(data.files).toMatchObject([
      { filename: 'READ ME.md', previous_filename: 'README.md', status: 'renamed', changes: 0 },
      { filename: 'docs/ü ber.md', status: 'added', additions: 1 },
      { filename: 'src/app.py', status: 'modified', patch: '@@ -1 +1,2 @@\n-x = 1\n+x = 2\n+y = 3' },
    ])
    const back = await octokit.repos.compareCommitsWithBasehead({
      ...repo,
      basehead: 'feature/limits...main',
    })
    expect(back.data).toMatchObject({ status: 'behind', behind_by: 2, files: [] })
    expect(github.violations).toEqual([])
  })

  it('are listed newest first and read one by one', async () => {
    const { data } = await octokit.repos.listCommits({ ...repo, sha: 'feature/limits' })
    expect(data.map(({ commit }) => commit.message)).toEqual(['docs: rename', 'feat: limits', 'first'])
    const one = await octokit.repos.getCommit({ ...repo, ref: 'feature/limits~1' })
    expect(one.data.stats).toEqual({ additions: 3, deletions: 1, total: 4 })
    const plain = await octokit.git.getCommit({ ...repo, commit_sha: first })
    expect(plain.data).toMatchObject({ sha: first, message: 'first', parents: [] })
    expect((await octokit.repos.get(repo)).data.default_branch).toBe('feature/limits')
    expect(github.violations).toEqual([])
  })
})

describe('contents', () => {
  it('come as base64, raw and as a listing', async () => {
    const path = 'docs/ü ber.md'
    const { data } = await octokit.repos.getContent({ ...repo, path })
    expect(data).toMatchObject({ type: 'file', name: 'ü ber.md', size: 2, content: 'aGk=\n' })
    const raw = await octokit.repos.getContent({ ...repo, path: 'src/app.py', mediaType: { format: 'raw' } })
    expect(raw.data).toBe('x = 2\ny = 3\n')
    const listing = await octokit.repos.getContent({ ...repo, path: '', ref: 'main' })
    expect(listing.data).toMatchObject([
      { name: 'README.md', type: 'file' },
      { name: 'src', type: 'dir' },
    ])
    const missing = octokit.repos.getContent({ ...repo, path: 'none' })
    await expect(missing).rejects.toMatchObject({ status: 404 })
    expect(github.violations).toEqual([])
  })
})

describe('pull requests', () => {
  it('show the commits of their branches', async () => {
    const { number } = github.addPull({ title: 'Limits', head: 'feature/limits', base: 'main' })
    const { data } = await octokit.pulls.get({ ...repo, pull_number: number })
    expect(data).toMatchObject({
      title: 'Limits',
      commits: 2,
      changed_files: 3,
      additions: 3,
      base: { sha: first },
    })
    const files = await octokit.pulls.listFiles({ ...repo, pull_number: number })
    expect(files.data.map(({ filename }) => filename)).toEqual(['READ ME.md', 'docs/ü ber.md', 'src/app.py'])
    const byHead = await octokit.pulls.list({ ...repo, head: 'acme:feature/limits' })
    const byFork = await octokit.pulls.list({ ...repo, head: 'someone:feature/limits' })
    expect([byHead.data.length, byFork.data.length]).toEqual([1, 0])
    const holding = await octokit.repos.listPullRequestsAssociatedWithCommit({
      ...repo,
      commit_sha: data.head.sha,
    })
    expect(holding.data.map(pull => pull.number)).toEqual([number])
    expect(github.violations).toEqual([])
  })

  it('carry comments that are created, found page by page, updated and deleted', async () => {
    const { number } = github.addPull({ title: 'Limits', head: 'feature/limits', base: 'main' })
    const on = { ...repo, issue_number: number }
    for (let n = 1; n <= 5; n++) await octokit.issues.createComment({ ...on, body: `comment ${n}` })
    const all = await getOctokit('runner-token', { baseUrl: github.url }).paginate(
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      { ...on, per_page: 2 },
    )
    expect(all.map(({ body }) => body)).toEqual([1, 2, 3, 4, 5].map(n => `comment ${n}`))
    const id = all[1]?.id ?? 0
    await octokit.issues.updateComment({ ...repo, comment_id: id, body: 'changed' })
    expect((await octokit.issues.getComment({ ...repo, comment_id: id })).data.body).toBe('changed')
    await octokit.issues.deleteComment({ ...repo, comment_id: id })
    expect(github.comments.map(({ body }) => body)).not.toContain('changed')
    const long = octokit.issues.createComment({ ...on, body: 'x'.repeat(65_537) })
    await expect(long).rejects.toMatchObject({ status: 422 })
    const nowhere = octokit.issues.createComment({ ...on, issue_number: 99, body: 'x' })
    await expect(nowhere).rejects.toMatchObject({ status: 404 })
    expect(github.violations).toEqual([])
  })
})

describe('checks and reports', () => {
  it('keep check runs with all their annotations, and statuses', async () => {
    const annotation = {
      path: 'a.py',
      start_line: 1,
      end_line: 1,
      annotation_level: 'warning',
      message: 'm',
    } as const
    const output = { title: 't', summary: 's', annotations: [annotation] }
    const run = await octokit.checks.create({ ...repo, name: 'lint', head_sha: first, output })
    const check_run_id = run.data.id
    const done = await octokit.checks.update({ ...repo, check_run_id, conclusion: 'success', output })
    expect(done.data).toMatchObject({ status: 'completed', output: { annotations_count: 2 } })
    expect((await octokit.checks.listForRef({ ...repo, ref: 'main' })).data.total_count).toBe(1)
    await octokit.repos.createCommitStatus({ ...repo, sha: first, state: 'success', context: 'gate' })
    const { data } = await octokit.repos.listCommitStatusesForRef({ ...repo, ref: first })
    expect(data).toMatchObject([{ context: 'gate', state: 'success' }])
    expect(github.violations).toEqual([])
  })

  it('unpack an uploaded SARIF report', async () => {
    const report = { version: '2.1.0', runs: [] }
    const sarif = gzipSync(JSON.stringify(report)).toString('base64')
    const upload = { ...repo, commit_sha: first, ref: 'refs/heads/main', sarif }
    const { data } = await octokit.codeScanning.uploadSarif(upload)
    expect(github.sarifs).toMatchObject([{ id: data.id, ref: 'refs/heads/main', report }])
    const sarif_id = data.id ?? ''
    expect((await octokit.codeScanning.getSarif({ ...repo, sarif_id })).data.processing_status).toBe(
      'complete',
    )
    await expect(octokit.codeScanning.uploadSarif({ ...upload, sarif: 'plain' })).rejects.toMatchObject({
      status: 400,
    })
    expect(github.violations).toEqual([])
  })
})

describe('the protocol', () => {
  const authorization = 'Bearer runner-token'
  const get = (path: string, headers: Record<string, string> = { authorization }) =>
    fetch(github.url + path, { headers })

  it('hides the repository from strangers and refuses a wrong token', async () => {
    expect((await get('/repos/acme/consumer', {})).status).toBe(404)
    expect((await get('/repos/acme/consumer', { authorization: 'token wrong' })).status).toBe(401)
    const anonymous = await fetch(`${github.url}/repos/acme/consumer/git/refs`, {
      method: 'POST',
      body: '{}',
    })
    expect(anonymous.status).toBe(401)
    expect((await get('/repos/acme/other')).status).toBe(404)
    expect((await get('/repos/Acme/Consumer')).status).toBe(200)
  })

  it('counts the rate limit down and answers an unchanged ETag with 304', async () => {
    const fresh = await get('/repos/acme/consumer/git/ref/heads/main')
    const etag = fresh.headers.get('etag') ?? ''
    const again = await get('/repos/acme/consumer/git/ref/heads/main', {
      authorization,
      'if-none-match': etag,
    })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const left = [fresh, again].map(({ headers }) => Number(headers.get('x-ratelimit-remaining')))
    expect(left).toEqual([4999, 4998])
  })

  it('breaks where a test wants it to', async () => {
    github.fault({ method: 'GET', path: '/git/ref/', status: 502, times: 1 })
    expect((await get('/repos/acme/consumer/git/ref/heads/main')).status).toBe(502)
    expect((await get('/repos/acme/consumer/git/ref/heads/main')).status).toBe(200)
  })

  it('reports what the caller does wrong as a violation', async () => {
    const status = { method: 'POST', headers: { authorization } }
    const url = `${github.url}/repos/acme/consumer/statuses/${first}`
    const wrongWord = await fetch(url, { ...status, body: JSON.stringify({ state: 'great' }) })
    const extra = await fetch(url, { ...status, body: JSON.stringify({ state: 'success', colour: 'green' }) })
    const unserved = await get('/repos/acme/consumer/hooks')
    expect([wrongWord.status, extra.status, unserved.status]).toEqual([422, 201, 404])
    expect(github.violations).toEqual([
      {
        operation: 'POST /repos/{owner}/{repo}/statuses/{sha}',
        problems: [expect.stringContaining('/state must be equal to one of the allowed values')],
      },
      {
        operation: 'POST /repos/{owner}/{repo}/statuses/{sha}',
        problems: ['unknown property "colour" in the request'],
      },
      {
        operation: 'GET /repos/acme/consumer/hooks',
        problems: ['the stand-in does not serve this operation'],
      },
    ])
  })
})
