import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  bareClone,
  type Git,
  type GitHubApi,
  type GitRepo,
  gitIn,
  gitRepo,
  startGitHubApi,
} from '@tokenledger/testkit'

let source: GitRepo
let github: GitHubApi
let bare: Git
let main: string

beforeEach(async () => {
  source = gitRepo({ 'README.md': '# one\n', 'run.sh': 'true\n' })
  source.git('update-index', '--chmod=+x', 'run.sh')
  source.git('commit', '--quiet', '--message', 'chore: executable')
  source.git('tag', '--annotate', 'v1', '--message', 'Release 1')
  main = source.git('rev-parse', 'HEAD')
  const folder = bareClone(source)
  bare = gitIn(folder)
  github = await startGitHubApi({ repository: 'acme/consumer', git: folder })
})

afterEach(() => github.close())

async function ask(query: string, variables = {}) {
  const answer = await fetch(`${github.url}/graphql`, {
    method: 'POST',
    headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return { status: answer.status, ...((await answer.json()) as { data?: unknown; errors?: unknown[] }) }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
const MUTATION = `mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url signature { isValid state } } ref { name target { oid } } }
}`

function commit(input: object = {}) {
  return ask(MUTATION, {
    input: {
      branch: { repositoryNameWithOwner: 'acme/consumer', branchName: 'main' },
      expectedHeadOid: main,
      message: { headline: 'chore: release 2', body: 'Release-Version: 2' },
      fileChanges: { additions: [{ path: 'docs/ü ber.md', contents: base64('hi\n') }] },
      ...input,
    },
  })
}

describe('createCommitOnBranch', () => {
  it('makes a signed commit on top of the branch in the bare repository', async () => {
    const { data } = await commit()
    const sha = bare('rev-parse', 'main')
    const url = `https://github.com/acme/consumer/commit/${sha}`
    const made = { oid: sha, url, signature: { isValid: true, state: 'VALID' } }
    expect(data).toEqual({
      createCommitOnBranch: { commit: made, ref: { name: 'main', target: { oid: sha } } },
    })
    expect(bare('rev-parse', 'main~1')).toBe(main)
    expect(bare('show', 'main:docs/ü ber.md')).toBe('hi')
    expect(bare('log', '-1', '--format=%an, %cn, %B', 'main')).toBe(
      'github-actions[bot], GitHub, chore: release 2\n\nRelease-Version: 2',
    )
    expect(bare('ls-tree', '--format=%(objectmode)', 'main', 'run.sh')).toBe('100755')
    expect(github.violations).toEqual([])
  })

  it('keeps bytes, and loses the mode of a file that it writes', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 10])
    const additions = [
      { path: 'run.sh', contents: base64('false\n') },
      { path: 'a.bin', contents: bytes.toString('base64') },
    ]
    await commit({ fileChanges: { additions, deletions: [{ path: 'README.md' }] } })
    const listed = bare('ls-tree', '--format=%(objectmode) %(path)', 'main')
    expect(listed.split('\n')).toEqual(['100644 a.bin', '100644 run.sh'])
    expect(bare('cat-file', '-s', 'main:a.bin')).toBe(`${bytes.length}`)
  })

  it('is unsigned where GitHub does not sign', async () => {
    github.settings.signsCommits = false
    expect((await commit()).data).toMatchObject({ createCommitOnBranch: { commit: { signature: null } } })
  })

  it.each([
    [
      'a head that is not the expected one',
      { expectedHeadOid: 'a'.repeat(40) },
      'STALE_DATA',
      `Expected branch to point to "${'a'.repeat(40)}" but it did not. Pull and try again.`,
    ],
    [
      'a deletion of nothing',
      { fileChanges: { deletions: [{ path: 'none' }] } },
      'UNPROCESSABLE',
      'A path was requested for deletion which does not exist as of commit oid',
    ],
    [
      'a branch that is not there',
      { branch: { repositoryNameWithOwner: 'acme/consumer', branchName: 'none' } },
      'NOT_FOUND',
      "'none'",
    ],
  ])('refuses %s with HTTP 200', async (_, input, type, message) => {
    const { status, data, errors } = await commit(input)
    expect([status, data]).toEqual([200, { createCommitOnBranch: null }])
    expect(errors).toMatchObject([
      { type, path: ['createCommitOnBranch'], message: expect.stringContaining(message) },
    ])
    expect([bare('rev-parse', 'main'), github.violations]).toEqual([main, []])
  })

  it('respects protection and permissions', async () => {
    github.settings.protectedBranches = ['main']
    expect((await commit()).errors).toMatchObject([
      { message: 'Repository rule violations found\n\nChanges must be made through a pull request.\n\n' },
    ])
    github.settings.permissions = { contents: 'read' }
    expect((await commit()).errors).toMatchObject([
      { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
    ])
    expect(bare('rev-parse', 'main')).toBe(main)
  })
})

describe('queries', () => {
  it('read refs, tags, commits and files with their modes', async () => {
    const { data } = await ask(`query {
      viewer { login }
      repository(owner: "acme", name: "consumer") {
        defaultBranchRef { name prefix }
        branch: ref(qualifiedName: "refs/heads/main") { target { oid ... on Commit { parents(first: 1) { totalCount } } } }
        tag: ref(qualifiedName: "refs/tags/v1") { target { __typename ... on Tag { message target { oid } } } }
        none: ref(qualifiedName: "refs/tags/v2") { name }
        object(expression: "main") { ... on Commit { a: file(path: "run.sh") { mode type } b: file(path: "x") { mode } } }
      }
    }`)
    expect(data).toEqual({
      viewer: { login: 'github-actions[bot]' },
      repository: {
        defaultBranchRef: { name: 'main', prefix: 'refs/heads/' },
        branch: { target: { oid: main, parents: { totalCount: 1 } } },
        tag: { target: { __typename: 'Tag', message: 'Release 1', target: { oid: main } } },
        none: null,
        object: { a: { mode: 0o100755, type: 'blob' }, b: null },
      },
    })
    expect(github.violations).toEqual([])
  })

  it('that GitHub would not take are refused and noted', async () => {
    const wrong = [
      await ask('{ viewer { login '),
      await ask('{ viewer { shoeSize } }'),
      await commit({ expectedHeadOid: 'main' }),
      await commit({ fileChanges: { additions: [{ path: 'a', contents: 'no base64' }] } }),
    ]
    expect(wrong.map(({ status, data }) => [status, data])).toEqual(wrong.map(() => [200, undefined]))
    expect(github.violations.map(({ operation }) => operation)).toEqual([
      'POST /graphql',
      'POST /graphql viewer',
      'POST /graphql createCommitOnBranch',
      'POST /graphql createCommitOnBranch',
    ])
  })
})
