import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bareClone, type GitHubApi, type GitRepo, gitRepo, startGitHubApi } from '@tokenledger/testkit'
import { remoteChanges } from '../../src/changes/remote-changes.ts'
import { githubClient } from '../../src/client.ts'

let repo: GitRepo
let first: string
let head: string
let github: GitHubApi

beforeEach(async () => {
  repo = gitRepo({ 'app.py': 'a\nb\n', 'old name.py': `${'same\n'.repeat(20)}` })
  first = repo.git('rev-parse', 'HEAD')
  repo.git('switch', '--quiet', '--create', 'feature/x')
  repo.git('mv', 'old name.py', 'neu é.py')
  head = repo.commit({ 'app.py': 'a\nc\n', 'logo.png': Buffer.from([0, 1, 2]) })
  github = await startGitHubApi({ repository: 'acme/consumer', git: bareClone(repo), token: 'runner-token' })
})
afterEach(() => github.close())

const changes = (token = 'runner-token') =>
  remoteChanges(githubClient({ token, apiUrl: github.url, waitBudgetMs: 0 }), 'acme/consumer')
const blob = (path: string) => repo.git('rev-parse', `HEAD:${path}`)

const FILES = () => [
  {
    ...{ path: 'app.py', status: 'modified', blob: blob('app.py'), additions: 1, deletions: 1 },
    patch: '@@ -1,2 +1,2 @@\n a\n-b\n+c',
  },
  { path: 'logo.png', status: 'added', blob: blob('logo.png'), additions: 0, deletions: 0 },
  {
    ...{ path: 'neu é.py', before: 'old name.py', status: 'renamed', blob: blob('neu é.py') },
    ...{ additions: 0, deletions: 0 },
  },
]

describe('remoteChanges', () => {
  it('gives the parents of a commit', async () => {
    expect(await changes().parents(head)).toEqual([first])
    expect(await changes().parents(first)).toEqual([])
    expect(github.violations).toEqual([])
  })

  it('gives the files of a comparison, by hash and by branch', async () => {
    expect(await changes().compare(first, head)).toEqual({ mergeBase: first, files: FILES() })
    expect(await changes().compare('main', 'feature/x')).toEqual({ mergeBase: first, files: FILES() })
    expect(github.violations).toEqual([])
  })

  it('gives the files of a pull request from all pages', async () => {
    repo.commit(
      Object.fromEntries(Array.from({ length: 230 }, (_, index) => [`more/${index}.py`, `${index}\n`])),
    )
    const many = await startGitHubApi({ repository: 'acme/consumer', git: bareClone(repo) })
    const { number } = many.addPull({ title: 'Many', head: 'feature/x', base: 'main' })
    const client = githubClient({ token: 'any', apiUrl: many.url })
    const files = await remoteChanges(client, 'acme/consumer').pullFiles(number)
    expect(files).toHaveLength(233)
    expect(files).toEqual(expect.arrayContaining(FILES()))
    expect(many.requests.map(({ query }) => query.page)).toEqual(['1', '2', '3'])
    expect(many.violations).toEqual([])
    await many.close()
  })

  it('says in a few words what GitHub refused', async () => {
    expect(await changes('wrong').compare(first, head)).toEqual({ failure: '401 Bad credentials' })
    expect(await changes().compare('f'.repeat(40), head)).toEqual({ failure: '404 Not Found' })
    expect(await changes().pullFiles(99)).toEqual({ failure: '404 Not Found' })
    github.fault({
      path: '/compare/',
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    })
    const failure = '403 Resource not accessible by integration'
    expect(await changes().compare(first, head)).toEqual({ failure })
  })

  it('says that GitHub cannot be reached', async () => {
    await github.close()
    expect(await changes().parents(head)).toEqual({ failure: 'connection refused' })
    expect(await changes().pullFiles(1)).toEqual({ failure: 'connection refused' })
  })
})
