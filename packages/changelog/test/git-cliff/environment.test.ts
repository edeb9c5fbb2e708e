import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { gitRepo, serve, tempDir, writeFiles } from '@tokenledger/testkit'
import { gitCliffNotes } from '../../src/index.ts'
import { hashOf, notesOf, PLAIN, REWRITTEN } from './notes-of.ts'

function small() {
  const repo = gitRepo()
  repo.git('tag', 'v1.0.0')
  repo.commit({ 'a.txt': '1' }, 'feat: one')
  return repo
}

const failure = (outcome: Promise<unknown>) =>
  outcome.then(
    () => new Error('it did not fail'),
    (error: Error) => error,
  )

describe('a command in the configuration', () => {
  /** Writes its environment to a file, and what it gets to its output. */
  const withCommand = (file: string) =>
    `${PLAIN}commit_preprocessors = [{ pattern = ".*", replace_command = "env > '${file}'; cat" }]\n`

  it('does not run', async () => {
    const file = join(tempDir(), 'environment')
    const { body } = await notesOf(small().path, { from: 'v1.0.0', cliff: withCommand(file) })
    expect(body).toContain('- one ')
    expect(existsSync(file)).toBe(false)
  })

  it('does not run on the finished text either', async () => {
    const file = join(tempDir(), 'environment')
    const cliff = REWRITTEN.replace('replace = "The rest"', `replace_command = "env > '${file}'"`)
    const repo = small()
    repo.commit({ 'a.txt': '2' }, 'fix: two')
    await notesOf(repo.path, { from: 'v1.0.0', cliff })
    expect(existsSync(file)).toBe(false)
  })

  it('that is allowed sees nothing of the job', async () => {
    const file = join(tempDir(), 'environment')
    const cliff = withCommand(file)
    process.env.GITHUB_TOKEN = 'ghs_of_the_job'
    process.env.GIT_CLIFF_TAG = 'v9'
    try {
      const { body } = await notesOf(small().path, { from: 'v1.0.0', cliff, allowCommands: true })
      expect(body).toContain('## v2.0.0 since v1.0.0')
    } finally {
      delete process.env.GITHUB_TOKEN
      delete process.env.GIT_CLIFF_TAG
    }
    const seen = readFileSync(file, 'utf8')
    expect(seen).not.toContain('ghs_of_the_job')
    const names = [...seen.matchAll(/^(\w+)=/gm)].map(([, name]) => name)
    // Those of the shell and of git-cliff itself; our settings of it begin with its name.
    const others = ['PWD', 'OLDPWD', 'SHLVL', '_', 'COMMIT_SHA', 'RUST_LOG']
    expect(
      names.filter(name => !others.includes(name ?? '') && !name?.startsWith('GIT_CLIFF__')).sort(),
    ).toEqual(['HOME', 'LANG', 'PATH'])
    expect(seen).not.toContain(`HOME=${process.env.HOME}\n`)
  })
})

describe('a command for the finished text', () => {
  it('that is allowed gets the notes and nothing else', async () => {
    const file = join(tempDir(), 'text')
    const cliff = REWRITTEN.replace(
      'pattern = "Others", replace = "The rest"',
      `pattern = ".*", replace_command = "tee -a '${file}'"`,
    )
    const { body } = await notesOf(small().path, { from: 'v1.0.0', cliff, allowCommands: true })
    expect(body).toContain('- one ')
    expect(readFileSync(file, 'utf8').trim()).toBe(body.trim())
  })
})

describe('the network', () => {
  it('is not used, whatever the configuration says of a remote', async () => {
    const server = await serve(() => ({ status: 200, body: '[]' }))
    try {
      const remote = `[remote.github]\nowner = "o"\nrepo = "n"\ntoken = "t"\napi_url = "${server.url}"\n`
      const cliff = `${PLAIN.replace('{{ commit.id }}', '{{ commit.github.pr_number }}|')}\n${remote}`
      const { body } = await notesOf(small().path, { from: 'v1.0.0', cliff, repository: 'owner/name' })
      expect(body).toContain('- one |')
      expect(server.requests).toEqual([])
    } finally {
      await server.close()
    }
  })

  it('is not needed to name the repository in links', async () => {
    const cliff = PLAIN.replace('{{ commit.id }}', '{{ remote.github.owner }}/{{ remote.github.repo }}')
    const { body } = await notesOf(small().path, { from: 'v1.0.0', cliff, repository: 'owner/name' })
    expect(body).toContain('- one owner/name')
  })
})

describe('the configuration', () => {
  it('that is not there is an error, not the default of git-cliff', async () => {
    const { path } = small()
    const error = await failure(notesOf(path, { from: 'v1.0.0', config: 'packages/x/cliff.toml' }))
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toMatch(/^NOTES_CONFIG_MISSING: packages\/x\/cliff\.toml not found/)
  })

  it('may stand in pyproject.toml beside it', async () => {
    const { path } = small()
    const table = PLAIN.replace('[changelog]', '[tool.git-cliff.changelog]').replace(
      '[git]',
      '[tool.git-cliff.git]',
    )
    writeFiles(path, { 'package/pyproject.toml': `[project]\nname = "x"\n\n${table}` })
    const { body } = await notesOf(path, { from: 'v1.0.0', config: 'package/cliff.toml' })
    expect(body).toContain(`### Features\n\n- one ${hashOf(path, 'feat: one')}\n`)
  })

  it('is not a pyproject.toml without a table of git-cliff', async () => {
    const { path } = small()
    writeFiles(path, { 'pyproject.toml': '[project]\nname = "x"\n# [tool.git-cliff]\n' })
    const error = await failure(notesOf(path, { from: 'v1.0.0', config: 'cliff.toml' }))
    expect(error.message).toMatch(/^NOTES_CONFIG_MISSING: cliff\.toml not found/)
  })
})

describe('a failure of git-cliff', () => {
  it.each([
    ['a template that names what is not there', PLAIN.replace('commit.id', 'commit.nothing'), 1, 'nothing'],
    ['a file that is no TOML', `${PLAIN}\n[git`, 1, 'TOML parse error'],
    ['the same with a footer', REWRITTEN.replace('commit.id', 'commit.nothing'), 1, 'nothing'],
    ['a panic', `${PLAIN}sort_commits = "sideways"\n`, 101, 'sideways'],
  ])('by %s is told in its own words, without colours', async (_, cliff, code, words) => {
    const error = await failure(notesOf(small().path, { from: 'v1.0.0', cliff }))
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toMatch(new RegExp(`^NOTES_GIT_CLIFF: exit ${code}: `))
    expect(error.message).toContain(words)
    expect(error.message).not.toContain('\u001b')
  })

  it('that does not start is told too', async () => {
    const program = join(tempDir(), 'git-cliff')
    const error = await failure(notesOf(small().path, { from: 'v1.0.0', program }))
    expect(error.message).toMatch(/^NOTES_GIT_CLIFF: exit 127: /)
  })

  it('for want of a repository is a missing history', async () => {
    const root = tempDir()
    writeFiles(root, { 'cliff.toml': PLAIN })
    const error = await failure(
      gitCliffNotes({ root, program: 'git-cliff', config: 'cliff.toml', tag: 'v1.0.0', commits: [] }),
    )
    expect(error.message).toMatch(/^HISTORY_MISSING: there is no git repository with a commit/)
  })
})
