import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { installIn } from '../src/install.ts'
import { releaseTarGz, sha256 } from './support/archives.ts'
import { closeServers, serve, stalling } from './support/server.ts'
import { mirrorPath, removeFolders, request, runner } from './support/situation.ts'

const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await closeServers()
  removeFolders()
})

const archive = releaseTarGz('0.12.5')
const checksum = sha256(archive)
const download = mirrorPath('0.12.5')

function installer(around: object, asked: object, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const program = join(import.meta.dirname, 'support', 'install.ts')
  const child = spawn(process.execPath, [program, JSON.stringify({ around, request: asked })], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

async function resultOf(child: ChildProcess): Promise<Record<string, unknown>> {
  let output = ''
  child.stdout?.on('data', part => {
    output += part
  })
  await once(child, 'close')
  return JSON.parse(output.trim().split('\n').at(-1) ?? '')
}

describe('an installer that is killed in the middle of a download', () => {
  it('leaves nothing that counts as complete, and the next one succeeds', async () => {
    const half = Promise.withResolvers<void>()
    const slow = await serve({ [download]: stalling(archive, () => half.resolve()) })
    const around = { ...runner(), limits: { connectMs: 5000, stallMs: 30_000 } }
    const child = installer(around, request({ checksum, mirror: slow.url }))
    await half.promise
    const parent = join(around.cache, 'uv', '0.12.5')
    while (!existsSync(parent)) await new Promise(resolve => setTimeout(resolve, 20))
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(readdirSync(parent).filter(name => !name.startsWith('.'))).toEqual([])

    const mirror = await serve({ [download]: archive })
    const uv = await installIn(around, request({ checksum, mirror: mirror.url }))
    expect(uv.source).toBe('mirror')
  })
})

describe('a proxy', () => {
  it('from HTTP_PROXY is used for a host that is known to it alone', async () => {
    // A proxy is asked for a plain http:// address by the whole of it (RFC 9112 3.2.2).
    const proxy = await serve({ [`http://uv.invalid${download}`]: archive })
    const around = runner({ HTTP_PROXY: proxy.url })
    const uv = await resultOf(installer(around, request({ checksum, mirror: 'http://uv.invalid' })))
    expect(uv).toMatchObject({ source: 'mirror', bytes: archive.length })
    expect(proxy.asked).toEqual([`http://uv.invalid${download}`])
  })

  it('is left out for the hosts of NO_PROXY', async () => {
    const mirror = await serve({ [download]: archive })
    const proxy = await serve({})
    const around = runner({ HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' })
    const uv = await resultOf(installer(around, request({ checksum, mirror: mirror.url })))
    expect(uv).toMatchObject({ source: 'mirror' })
    expect(proxy.asked).toEqual([])
  })
})
