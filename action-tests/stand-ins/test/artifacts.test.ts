import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Files, type ResultsService, startResultsService, tempDir } from '@tokenledger/testkit'
import { writeFiles } from '../../../packages/testkit/src/files.ts'
import { runStandIn } from './run-stand-in.ts'

let service: ResultsService
const start = async () => {
  service = await startResultsService()
}
const stop = () => service.close()

function workspaceWith(files: Files): string {
  const folder = tempDir()
  writeFiles(folder, files)
  return folder
}

const upload = (workspace: string, inputs: Record<string, string>) =>
  runStandIn('actions/upload-artifact', { inputs, workspace, env: service.env })
const download = (inputs: Record<string, string> = {}, workspace = tempDir()) =>
  runStandIn('actions/download-artifact', { inputs, workspace, env: service.env })
const tree = (folder: string) =>
  (readdirSync(folder, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()

const dist = { 'dist/a.whl': 'wheel', 'dist/a.tar.gz': 'sdist', 'dist/.hidden': '', 'notes.txt': 'no' }

describe('an upload', () => {
  beforeEach(start)
  afterEach(stop)

  it('reports id, digest and address of what was stored', async () => {
    const { exitCode, outputs } = await upload(workspaceWith(dist), { name: 'dist', path: 'dist/' })
    expect(exitCode).toBe(0)
    const [stored] = service.artifacts
    const digest = createHash('sha256')
      .update(readFileSync(stored?.file ?? ''))
      .digest('hex')
    expect(stored).toMatchObject({ name: 'dist', state: 'uploaded', digest: `sha256:${digest}` })
    expect(outputs).toEqual({
      'artifact-id': '1',
      'artifact-digest': digest,
      'artifact-url': 'https://github.com/acme/consumer/actions/runs/1/artifacts/1',
    })
  })

  it('makes a zip archive that others can read', async () => {
    const text = 'ä'.repeat(10_000)
    await upload(workspaceWith({ 'out/ü/long name.txt': text, 'out/empty': '' }), { path: 'out' })
    const script = `import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for entry in archive.infolist(): print(entry.filename, entry.file_size, entry.compress_size < 1000)`
    const listed = execFileSync('python3', ['-X', 'utf8', '-c', script, service.artifacts[0]?.file ?? ''])
    expect(listed.toString().trim().split('\n')).toEqual(['empty 0 True', 'ü/long name.txt 20000 True'])
  })

  it('under a taken name fails, and with overwrite replaces', async () => {
    const workspace = workspaceWith(dist)
    await upload(workspace, { path: 'dist/a.whl' })
    const second = await upload(workspace, { path: 'notes.txt' })
    expect([second.exitCode, second.outputs]).toEqual([1, {}])
    expect(second.annotations.join()).toContain('already exists on the workflow run (HTTP 409)')
    const third = await upload(workspace, { path: 'notes.txt', overwrite: 'true' })
    expect(third.outputs['artifact-id']).toBe('2')
    expect(tree((await download({ name: 'artifact' })).workspace)).toEqual(['notes.txt'])
  })

  it('with overwrite of nothing is an ordinary one', async () => {
    expect((await upload(workspaceWith(dist), { path: 'dist', overwrite: 'true' })).exitCode).toBe(0)
  })

  it.each([
    [
      'warn',
      0,
      'warning: No files were found with the provided path: none/*. No artifacts will be uploaded.',
    ],
    ['error', 1, 'error: No files were found with the provided path: none/*. No artifacts will be uploaded.'],
    ['ignore', 0, ''],
  ])('of nothing with if-no-files-found %s ends %d', async (word, code, annotation) => {
    const { exitCode, annotations } = await upload(workspaceWith(dist), {
      path: 'none/*',
      'if-no-files-found': word,
    })
    expect([exitCode, annotations.join()]).toEqual([code, annotation])
    expect(service.artifacts).toEqual([])
  })

  it('tells the service when it expires', async () => {
    await upload(workspaceWith(dist), { path: 'dist', 'retention-days': '7' })
    const created = service.requests.find(({ path }) => path.endsWith('/CreateArtifact'))
    const { expires_at: expiry = '' } = (created?.body ?? {}) as { expires_at?: string }
    expect((Date.parse(expiry) - Date.now()) / 86_400_000).toBeCloseTo(7, 2)
  })

  it('of one file without an archive keeps the file as it is, under its own name', async () => {
    const workspace = workspaceWith(dist)
    await upload(workspace, { name: 'ignored', path: 'dist/a.whl', archive: 'false' })
    expect(service.artifacts[0]?.name).toBe('a.whl')
    const { workspace: target } = await download({ name: 'a.whl' })
    expect(readFileSync(join(target, 'a.whl'), 'utf8')).toBe('wheel')
    const two = await upload(workspace, { path: 'dist', archive: 'false' })
    expect(two.annotations.join()).toContain('only a single file can be uploaded. Found 2 files')
  })

  it.each([
    [{ path: '' }, 'Input path is required'],
    [{ path: 'dist', name: 'a/b' }, 'is not allowed'],
    [{ path: 'dist', 'compression-level': '10' }, 'from 0 to 9'],
    [{ path: 'dist', 'if-no-files-found': 'fail' }, 'allowed: warn, error, ignore'],
    [{ path: 'dist', overwrite: 'yes' }, 'allowed: true, false'],
  ])('with %j is refused', async (inputs, message) => {
    const { exitCode, annotations } = await upload(workspaceWith(dist), inputs)
    expect(exitCode).toBe(1)
    expect(annotations.join()).toContain(message)
  })

  it('without a results service says what is missing', async () => {
    const { annotations } = await runStandIn('actions/upload-artifact', {
      inputs: { path: '.' },
      workspace: workspaceWith(dist),
    })
    expect(annotations.join()).toContain('start the results service')
  })
})

describe('a download', () => {
  beforeAll(async () => {
    await start()
    await upload(workspaceWith(dist), { name: 'dist-main', path: 'dist' })
    await upload(workspaceWith({ 'report/cov.xml': '<x/>' }), { name: 'cov-3.11', path: 'report' })
    await upload(workspaceWith({ 'report/cov.xml': '<y/>' }), { name: 'cov-3.12', path: 'report' })
  })
  afterAll(stop)

  it('by name unpacks into the path', async () => {
    const { outputs, workspace } = await download({ name: 'dist-main', path: 'in' })
    expect(outputs['download-path']).toBe(join(workspace, 'in'))
    expect(tree(join(workspace, 'in'))).toEqual(['a.tar.gz', 'a.whl'])
  })

  it('of everything makes a directory each', async () => {
    expect(tree((await download()).workspace)).toEqual([
      'cov-3.11/cov.xml',
      'cov-3.12/cov.xml',
      'dist-main/a.tar.gz',
      'dist-main/a.whl',
    ])
  })

  it('by pattern takes what matches; a single match needs no directory', async () => {
    expect(tree((await download({ pattern: 'cov-*' })).workspace)).toEqual([
      'cov-3.11/cov.xml',
      'cov-3.12/cov.xml',
    ])
    expect(tree((await download({ pattern: 'dist-*' })).workspace)).toEqual(['a.tar.gz', 'a.whl'])
  })

  it('with merge-multiple puts all into one directory', async () => {
    const { workspace } = await download({ 'merge-multiple': 'true' })
    expect(tree(workspace)).toEqual(['a.tar.gz', 'a.whl', 'cov.xml'])
  })

  it('by ids takes these, and warns of those that are not there', async () => {
    const { workspace, annotations } = await download({ 'artifact-ids': '2, 99' })
    expect(tree(workspace)).toEqual(['cov.xml'])
    expect(annotations).toEqual(['warning: Could not find the following artifact IDs: 99'])
  })

  it('can leave the archive packed', async () => {
    expect(tree((await download({ name: 'dist-main', 'skip-decompress': 'true' })).workspace)).toEqual([
      'dist-main.zip',
    ])
  })

  it.each([
    [{ name: 'nothing' }, "Artifact 'nothing' not found"],
    [{ name: 'dist-main', 'artifact-ids': '1' }, 'cannot be used together'],
    [{ 'artifact-ids': 'one' }, "Invalid artifact ID: 'one'"],
    [{ 'artifact-ids': '77' }, 'None of the provided artifact IDs were found'],
  ])('with %j fails', async (inputs, message) => {
    const { exitCode, annotations } = await download(inputs)
    expect([exitCode, annotations.join()]).toEqual([1, expect.stringContaining(message)])
  })

  it('of damaged content fails, or warns when asked to', async () => {
    const stored = service.artifacts[0]?.file ?? ''
    writeFileSync(stored, Buffer.concat([readFileSync(stored), Buffer.from([0])]))
    const failed = await download({ name: 'dist-main' })
    expect([failed.exitCode, failed.annotations.join()]).toEqual([
      1,
      "error: Digest validation failed for artifact(s): dist-main. Use 'digest-mismatch: warn' to continue on mismatch.",
    ])
    const warned = await download({ name: 'dist-main', 'digest-mismatch': 'warn' })
    expect([warned.exitCode, warned.annotations.length]).toEqual([0, 1])
  })
})
