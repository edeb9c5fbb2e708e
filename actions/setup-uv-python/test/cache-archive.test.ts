import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { http } from '@tokenledger/kit'
import { tempDir } from '@tokenledger/testkit'
import { extract, tarProgram } from '../src/archive.ts'
import { chooseContent, directorySize, LIMIT_BYTES, pruneArguments } from '../src/cache-content.ts'
import { canLink, chooseMount, configuredMount, mountCandidates } from '../src/cache-mount.ts'
import { restoreWarning } from '../src/cache-restore.ts'
import { quotedForTar, READ_ONLY, resultOf } from '../src/cache-save.ts'
import { archiveVersion, compressionOf, isRetryable, troubleOf } from '../src/cache-service.ts'
import { problemIn } from '../src/printed.ts'

describe('the directory of the cache', () => {
  const machine = {
    policy: 'service',
    selfHosted: false,
    runnerTemp: '/w/_temp',
    workspace: '/w/repo/repo',
  } as const

  it('is in RUNNER_TEMP, else beside the workspace, which a container can link from', () => {
    const both = ['/w/_temp/tokenledger-uv', '/w/_tokenledger/uv']
    expect(mountCandidates(machine)).toEqual(both)
    expect(chooseMount(both, () => true)).toEqual({ directory: both[0], from: 'chosen', linkMode: 'default' })
    expect(chooseMount(both, directory => directory === both[1])).toMatchObject({ directory: both[1] })
    expect(chooseMount(both, () => false)).toEqual({ directory: both[0], from: 'chosen', linkMode: 'copy' })
  })

  it('lasts on a self-hosted runner only for runs that may fill it', () => {
    expect(mountCandidates({ ...machine, selfHosted: true, policy: 'local' })).toEqual(['/w/_tokenledger/uv'])
    expect(mountCandidates({ ...machine, selfHosted: true, policy: 'off' })).toEqual([
      '/w/_temp/tokenledger-uv',
    ])
  })

  it('is the one that somebody configured, left alone', () => {
    const place = { workingDirectory: '/w/repo/repo' }
    expect(configuredMount({ ...place, environment: '/c', setting: 'x' })).toMatchObject({ directory: '/c' })
    expect(configuredMount({ ...place, environment: undefined, setting: './c' })).toEqual({
      directory: '/w/repo/repo/c',
      from: 'cache-dir of uv',
      linkMode: 'default',
    })
    expect(configuredMount({ ...place, environment: '', setting: undefined })).toBeUndefined()
  })

  it('is tried with a real link, which leaves nothing behind', () => {
    const root = tempDir()
    expect(canLink(join(root, 'new', 'cache'), root)).toBe(true)
    expect(canLink(join(root, 'cache'), join(root, 'missing'))).toBe(false)
    expect(canLink('/dev/null/cache', root)).toBe(false)
    expect(existsSync(join(root, `.tokenledger-link-${process.pid}`))).toBe(false)
  })
})

describe('the content of an entry', () => {
  it('is all up to the limit, else what was built; a given content stays', () => {
    expect(chooseContent('auto', LIMIT_BYTES)).toEqual({ content: 'all', reason: '800 MB, at most 800 MB' })
    expect(chooseContent('auto', LIMIT_BYTES + 2e6)).toEqual({
      content: 'built',
      reason: '802 MB, more than 800 MB',
    })
    expect(chooseContent('venv', 0)).toEqual({ content: 'venv', reason: 'cache-content is "venv"' })
  })

  it('is pruned by force where uv knows that', () => {
    expect(pruneArguments('0.12.5')).toEqual(['cache', 'prune', '--ci', '--force'])
    expect(pruneArguments('0.8.24')).toContain('--force')
    expect(pruneArguments('0.8.23')).toEqual(['cache', 'prune', '--ci'])
  })

  it('of a directory that is missing has no bytes', async () => {
    expect(await directorySize('/nowhere/at/all')).toBe(0)
    expect(await directorySize(import.meta.dirname)).toBeGreaterThan(1000)
  })
})

describe('the version of an archive', () => {
  it('hashes paths, compression and system as @actions/cache does', () => {
    // sha256 of "/c|zstd-without-long|1.0" and of "/c|gzip|windows-only|1.0"
    expect(archiveVersion(['/c'], compressionOf(true), 'linux')).toBe(
      '6c4c694005f80b9cf7198ea0beb8026a8d8340dddce5d3b924c4adfce01cac18',
    )
    expect(archiveVersion(['/c'], compressionOf(false), 'win32')).toBe(
      '412a3930305d757a951b580eca0d72d04703b61ac9e6cc1f1a4362c35f6b36dd',
    )
  })
})

describe('unpacking', () => {
  it('uses the tar of Windows itself, not the one of Git', () => {
    expect(tarProgram('win32', 'D:\\Win')).toBe('D:\\Win\\System32\\tar.exe')
    expect(tarProgram('linux', undefined)).toBe('tar')
  })

  it('fails on a stream that is cut off, and on what tar refuses', async () => {
    const target = tempDir()
    mkdirSync(join(target, 'x'))
    await expect(
      extract(Readable.from([Buffer.from([0x28, 0xb5])]), 'zstd-without-long', target),
    ).rejects.toThrow()
    const { zstdCompressSync } = await import('node:zlib')
    const noTar = zstdCompressSync(Buffer.alloc(4096, 'no tar'))
    await expect(extract(Readable.from([noTar]), 'zstd-without-long', target)).rejects.toThrow(
      /^tar ended with 2: /,
    )
  })
})

describe('words about trouble', () => {
  const progress = { received: 64_000_000, total: 65_000_000 }

  it('tell where a restore stalled', () => {
    const stall = new http.HttpError('stall', 'no byte for 10.0 s')
    expect(restoreWarning(stall, progress, 10_000)).toBe(
      'Cache restore stalled at 64 of 65 MB for 10 s; continuing without it.',
    )
    expect(restoreWarning(stall, { received: 0, total: 0 }, 10_000)).toContain('stalled at 0.0 MB for 10 s')
  })

  it('tell why a restore failed, without the JSON around it', () => {
    const denied = new http.HttpError(
      'status',
      'HTTP 403 {"code":"permission_denied","msg":"cache read denied: x"}',
      403,
    )
    expect(restoreWarning(denied, progress, 1)).toBe(
      'Cache restore failed (HTTP 403: cache read denied: x); continuing without it.',
    )
    expect(troubleOf('text')).toBe('text')
    expect(isRetryable(denied)).toBe(false)
    expect(isRetryable(new http.HttpError('status', 'HTTP 502', 502))).toBe(true)
    expect(isRetryable(new http.HttpError('tls', 'TLS'))).toBe(false)
  })

  it('tell a refusal from a race, which @actions/cache words alike', () => {
    const saved =
      'Failed to save: Unable to reserve cache with key k, another job may be creating this cache.'
    const reason = (text: string) =>
      `Failed to reserve cache: Error: Failed to CreateCacheEntry: Received non-retryable error: Failed request: ${text}`
    expect(resultOf([reason('(403) Forbidden: cache write denied: x'), saved])).toEqual({
      kind: 'not-saved',
      warning: READ_ONLY,
    })
    expect(resultOf([reason('(409) Conflict: x'), saved])).toEqual({ kind: 'exists' })
    expect(resultOf([reason('(400) Bad Request: y'), saved])).toEqual({
      kind: 'not-saved',
      warning: 'Cache not saved (Failed request: (400) Bad Request: y).',
    })
  })

  it('are found in what the library prints', () => {
    expect(problemIn('::warning::Failed to save: 100%25')).toBe('Failed to save: 100%')
    expect(problemIn('::debug::Failed to reserve cache: Error: x')).toBe('Failed to reserve cache: Error: x')
    expect(problemIn('Failed to save: x')).toBe('Failed to save: x')
    expect(problemIn('Sent 5 of 5 (100.0%)')).toBeUndefined()
  })
})

it('a path with white space gets quotes that its tar command needs', () => {
  expect(quotedForTar('/a/My repo/b c/d')).toBe('/a/"My repo"/"b c"/d')
  expect(quotedForTar('/a/b')).toBe('/a/b')
})
