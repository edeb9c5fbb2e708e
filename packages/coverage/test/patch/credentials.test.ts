import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  checkoutOf,
  gitIn,
  type PullRequest,
  pullRequest,
  pullRequestEvent,
  tempDir,
} from '@tokenledger/testkit'
import { readChanges } from '../../src/patch/read-changes.ts'
import { type GitServer, headerWith, startGitServer } from './git-server.ts'

const TOKEN = 'ghs_runnertoken'
let pr: PullRequest
let server: GitServer

beforeEach(async () => {
  pr = pullRequest()
  server = await startGitServer(pr.server, TOKEN)
})
afterEach(() => server.close())

/** A checkout of depth 1, as actions/checkout leaves it: with its credentials as a header in .git/config, or without. */
function checkoutWith(kept?: string): string {
  const root = checkoutOf(`file://${pr.server}`, pr.merge, 1)
  const git = gitIn(root)
  git('remote', 'set-url', 'origin', server.repository)
  if (kept !== undefined)
    git('config', `http.${server.url}/.extraheader`, `AUTHORIZATION: ${headerWith(kept)}`)
  return root
}

const read = (root: string, token?: string) =>
  readChanges({
    root,
    token,
    patchBase: 'auto',
    event: pullRequestEvent(pr, { serverUrl: server.url }),
    isMeasured: () => true,
  })

const lines = async (reading: ReturnType<typeof read>) => {
  const result = await reading
  return result.kind === 'changes' ? result.changes.files.get('app.py') : result.reason
}
const authorizations = () => server.requests.map(({ headers }) => headers.authorization)

describe('the fetch from a private repository', () => {
  it('takes the token where the checkout kept no credentials, and asks once', async () => {
    expect(await lines(read(checkoutWith(), TOKEN))).toEqual([25])
    expect(new Set(authorizations())).toEqual(new Set([headerWith(TOKEN)]))
  })

  it('takes what the checkout kept, also when the token may not read the contents', async () => {
    expect(await lines(read(checkoutWith(TOKEN), 'ghs_weak'))).toEqual([25])
    expect(new Set(authorizations())).toEqual(new Set([headerWith(TOKEN)]))
  })

  it('takes the token, and it alone, where what the checkout kept is no longer good', async () => {
    expect(await lines(read(checkoutWith('ghs_expired'), TOKEN))).toEqual([25])
    expect(authorizations()).toContain(headerWith('ghs_expired'))
    expect(authorizations().at(-1)).toBe(headerWith(TOKEN))
    expect(authorizations().filter(header => header?.includes(','))).toEqual([])
  })

  it('keeps the settings that the environment has already', async () => {
    Object.assign(process.env, {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraheader',
      GIT_CONFIG_VALUE_0: 'x-of-user: 1',
    })
    try {
      expect(await lines(read(checkoutWith(), TOKEN))).toEqual([25])
      expect(new Set(server.requests.map(({ headers }) => headers['x-of-user']))).toEqual(new Set(['1']))
      expect(new Set(authorizations())).toEqual(new Set([headerWith(TOKEN)]))
    } finally {
      for (const name of ['GIT_CONFIG_COUNT', 'GIT_CONFIG_KEY_0', 'GIT_CONFIG_VALUE_0'])
        delete process.env[name]
    }
  })

  it('fails with the status that the server gave', async () => {
    await expect(read(checkoutWith(), 'ghs_weak')).rejects.toThrow(
      `Cannot read the changes of this pull request: parent ${pr.base.slice(0, 7)} is not in the checkout and fetching it failed (403). Keep actions/checkout's credentials, set fetch-depth: 2, or give github-token contents:read.`,
    )
  })

  it('fails without credentials and never asks for them', async () => {
    await expect(read(checkoutWith())).rejects.toThrow('fetching it failed (no credentials)')
  })

  it('shows the token in no argument vector and leaves it in no file of the checkout', async () => {
    const root = checkoutWith()
    const log = join(tempDir('spy-'), 'log')
    const spy = tempDir('bin-')
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
    writeFileSync(join(spy, 'git'), `#!/bin/sh\necho "$@" >>'${log}'\nexec '${real}' "$@"\n`)
    chmodSync(join(spy, 'git'), 0o755)
    const before = process.env.PATH
    process.env.PATH = [spy, before].join(delimiter)
    try {
      expect(await lines(read(root, TOKEN))).toEqual([25])
    } finally {
      process.env.PATH = before
    }
    const secrets = [TOKEN, headerWith(TOKEN).slice('basic '.length)]
    const argv = readFileSync(log, 'utf8')
    expect(argv).toContain('fetch --quiet --no-tags --no-recurse-submodules --depth=1 origin')
    const files = readdirSync(join(root, '.git'), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    for (const secret of secrets) {
      expect(argv).not.toContain(secret)
      expect(files.filter(text => text.includes(secret))).toEqual([])
    }
  })

  it('sends the token to no other server than GitHub', async () => {
    const other = await startGitServer(pr.server)
    try {
      const root = checkoutWith()
      gitIn(root)('remote', 'set-url', 'origin', other.repository)
      expect(await lines(read(root, TOKEN))).toEqual([25])
      expect(new Set(other.requests.map(({ headers }) => headers.authorization))).toEqual(
        new Set([undefined]),
      )
    } finally {
      await other.close()
    }
  })
})
