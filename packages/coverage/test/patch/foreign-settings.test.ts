import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  event,
  gitIn,
  gitRepo,
  pullRequest,
  pullRequestEvent,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'
import { at, changesIn, linesOf } from './changes-in.ts'

describe('the changes are the same', () => {
  const pr = pullRequest()

  it.each([
    ['diff.noprefix', 'true'],
    ['diff.mnemonicPrefix', 'true'],
    ['diff.interHunkContext', '100'],
    ['diff.context', '9'],
    ['diff.relative', 'true'],
    ['diff.external', '/nowhere'],
    ['diff.orderFile', '/nowhere'],
    ['diff.wsErrorHighlight', 'all'],
    ['color.ui', 'always'],
    ['color.diff', 'always'],
    ['core.quotePath', 'false'],
    ['core.fsmonitor', '/nowhere'],
  ])('with the setting %s = %s', async (name, value) => {
    const root = at(pr, 1)
    gitIn(root)('config', name, value)
    expect(linesOf(await changesIn({ root, event: pullRequestEvent(pr) }))).toEqual({ 'app.py': [25] })
  })

  it('for a renamed file when the setting diff.renames = false', async () => {
    const repo = gitRepo({ 'old.py': 'x\n'.repeat(20) })
    const before = repo.git('rev-parse', 'HEAD')
    repo.git('mv', 'old.py', 'new.py')
    repo.commit({ 'new.py': `${'x\n'.repeat(20)}y\n` })
    repo.git('config', 'diff.renames', 'false')
    const changes = await changesIn({ root: repo.path, event: event('push', { before }) })
    expect(linesOf(changes)).toEqual({ 'new.py': [21] })
  })

  it('where the setting diff.algorithm = patience finds others', async () => {
    const repo = gitRepo({ 'a.py': 'd\na\nd\nb\n' })
    const before = repo.git('rev-parse', 'HEAD')
    repo.commit({ 'a.py': 'b\nc\na\nd\n' })
    repo.git('config', 'diff.algorithm', 'patience')
    const changes = await changesIn({ root: repo.path, event: event('push', { before }) })
    expect(linesOf(changes)).toEqual({ 'a.py': [1, 2] })
  })

  it('and no hook of the checkout is started', async () => {
    const root = at(pr, 0)
    gitIn(root)('update-ref', '-d', 'refs/remotes/origin/feature')
    const hook = join(root, '.git/hooks/reference-transaction')
    writeFiles(root, { '.git/hooks/reference-transaction': `#!/bin/sh\ntouch '${root}/started'\n` })
    chmodSync(hook, 0o755)
    const changes = await changesIn({ root, event: event('push'), patchBase: 'feature' })
    expect(changes.files.get('app.py')).toEqual([1, 2, 3, 4, 5])
    expect(existsSync(join(root, 'started'))).toBe(false)
  })

  it.each([
    ['GIT_TEST_ASSUME_DIFFERENT_OWNER', '1'],
    ['GIT_DIR', '/nowhere'],
    ['GIT_DIFF_OPTS', '-u9'],
    ['GIT_EXTERNAL_DIFF', '/nowhere'],
    ['LC_ALL', 'de_DE.UTF-8'],
  ])('with the variable %s = %s', async (name, value) => {
    const root = at(pr, 2)
    const before = process.env[name]
    process.env[name] = value
    try {
      expect(linesOf(await changesIn({ root, event: pullRequestEvent(pr) }))).toEqual({ 'app.py': [25] })
    } finally {
      if (before === undefined) delete process.env[name]
      else process.env[name] = before
    }
  })

  it('in a clone without blobs, which come when they are needed', async () => {
    gitIn(pr.server)('config', 'uploadpack.allowFilter', 'true')
    const root = tempDir('partial-')
    gitIn(root)('clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${pr.server}`, '.')
    gitIn(root)('fetch', '--quiet', 'origin', pr.merge)
    gitIn(root)('checkout', '--quiet', '--detach', pr.merge)
    expect(linesOf(await changesIn({ root, event: pullRequestEvent(pr) }))).toEqual({ 'app.py': [25] })
  })

  it('from a folder below the root of the repository', async () => {
    const root = at(pr, 2)
    writeFiles(root, { 'sub/x': '' })
    const changes = await changesIn({ root: join(root, 'sub'), event: pullRequestEvent(pr) })
    expect(linesOf(changes)).toEqual({ 'app.py': [25] })
    expect(changes.headLine('app.py', 25)).toBe(20)
  })
})

describe('a file that .gitattributes declares binary', () => {
  const pushed = () => {
    const repo = gitRepo({ 'a.py': '1\n', 'b.bin': '1\n', '.gitattributes': '*.py -diff\n*.bin binary\n' })
    const before = repo.git('rev-parse', 'HEAD')
    repo.commit({ 'a.py': '1\n2\n', 'b.bin': '1\n2\n' })
    return { root: repo.path, event: event('push', { before }) }
  }

  it('is read all the same when it is measured, so that no change can hide itself', async () => {
    const changes = await changesIn({ ...pushed(), isMeasured: path => path === 'a.py' })
    expect(linesOf(changes)).toEqual({ 'a.py': [2] })
  })
})
