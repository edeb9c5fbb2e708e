import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from '@jest/globals'
import { exec } from '@tokenledger/kit'
import { installIn } from '../src/install.ts'
import type { Limits } from '../src/transfer.ts'
import { releaseTarGz, sha256, tar } from './support/archives.ts'
import { closeServers, cutOff, serve, silent, stalling, status } from './support/server.ts'
import { ARCHIVE, mirrorPath, refusal, removeFolders, request, runner } from './support/situation.ts'

afterEach(async () => {
  await closeServers()
  removeFolders()
})

const archive = releaseTarGz('0.12.5')
const checksum = sha256(archive)
const download = mirrorPath('0.12.5')

describe('a download', () => {
  const failing = async (answer: Parameters<typeof serve>[0][string], limits: Partial<Limits> = {}) => {
    const mirror = await serve({ [download]: answer })
    const usual = runner()
    const around = { ...usual, limits: { ...usual.limits, ...limits } }
    const asked = request({ checksum, mirror: mirror.url, sources: ['tool-cache', 'mirror'] })
    const message = await refusal(installIn(around, asked))
    expect(readdirSync(join(around.cache, 'uv', '0.12.5'))).toEqual([])
    return { message, asked: mirror.asked.length, host: mirror.host }
  }

  it.each([
    [403, 1],
    [404, 1],
    [500, 2],
    [503, 2],
  ])('with HTTP %i is given up after %i request(s)', async (code, requests) => {
    const { message, asked, host } = await failing(status(code))
    expect(message).toBe(
      `Could not get uv 0.12.5 for x86_64-unknown-linux-gnu. Tried: ${host} (HTTP ${code}, N s). Behind a proxy set HTTPS_PROXY and NODE_EXTRA_CA_CERTS; with a mirror set uv-mirror.`,
    )
    expect(asked).toBe(requests)
  })

  it('that breaks off is tried once more', async () => {
    const { message, asked } = await failing(cutOff(archive))
    expect(message).toMatch('(connection closed early, N s)')
    expect(asked).toBe(2)
  })

  it('that breaks off once succeeds', async () => {
    let broken = false
    const mirror = await serve({
      [download]: (asked, response) => {
        if (broken) return void response.end(archive)
        broken = true
        cutOff(archive)(asked, response)
      },
    })
    expect((await installIn(runner(), request({ checksum, mirror: mirror.url }))).bytes).toBe(archive.length)
  })

  it('that stalls is given up at once', async () => {
    const { message, asked } = await failing(stalling(archive), { stallMs: 200 })
    expect(message).toMatch('(no byte for 0.2 s, N s)')
    expect(asked).toBe(1)
  })

  it('that never starts is a connect time-out', async () => {
    const { message, asked } = await failing(silent, { connectMs: 200 })
    expect(message).toMatch('(connect time-out, N s)')
    expect(asked).toBe(1)
  })

  it('with another digest is deleted, not run, and ends the search', async () => {
    const { message, host, asked } = await failing(releaseTarGz('6.6.6'))
    expect(message).toBe(
      `SHA-256 of ${ARCHIVE} from http://${host}${download} is ${sha256(releaseTarGz('6.6.6'))}, expected ${checksum} (uv-checksum). The file was deleted and not run.`,
    )
    expect(asked).toBe(1)
  })

  it.each([
    ['a log-in page', Buffer.from('<html>Please log in</html>')],
    ['the first half', archive.subarray(0, 100)],
    ['a hostile archive', gzipSync(tar([{ name: '../../uv', content: 'x' }]))],
  ])('of %s is told by its digest, before what it holds', async (_what, bytes) => {
    expect((await failing(bytes)).message).toMatch(`is ${sha256(bytes)}, expected ${checksum} (uv-checksum).`)
  })

  it('that is large and hostile from its first entry on is read to its end', async () => {
    const noise = randomBytes(8_000_000)
    const bytes = gzipSync(tar([{ name: '/uv' }, { name: 'x/uv', content: noise }]), { level: 1 })
    expect((await failing(bytes)).message).toMatch(`is ${sha256(bytes)}, expected ${checksum} (uv-checksum).`)
  })

  it('without a user’s checksum is held to the bundled digest', async () => {
    const mirror = await serve({ [download]: archive })
    await expect(installIn(runner(), request({ mirror: mirror.url }))).rejects.toThrow(
      `is ${checksum}, expected 68a509da24b06b4223a1c0175fb5eb5bc79342b76cbeff0cfe51ac3f5b17b6b2 (bundled). The file was deleted and not run.`,
    )
  })

  it('with the right digest and a hostile entry is refused', async () => {
    const hostile = gzipSync(tar([{ name: '../../uv', content: 'x' }]))
    const mirror = await serve({ [download]: hostile })
    const around = runner()
    await expect(
      installIn(around, request({ checksum: sha256(hostile), mirror: mirror.url })),
    ).rejects.toThrow(
      `${ARCHIVE} from ${mirror.url}${download} was refused: its entry "../../uv" leaves the archive's directory. The file was deleted and not run.`,
    )
    expect(readdirSync(dirname(around.cache))).not.toContain('uv')
  })

  it.each([
    ['that is not compressed', gunzipSync(archive), 'it is not a gzip archive'],
    ['without a uv', gzipSync(tar([{ name: 'README', content: 'x' }])), 'it holds no uv'],
  ])('with the right digest %s is refused', async (_what, bytes, why) => {
    const mirror = await serve({ [download]: bytes })
    await expect(
      installIn(runner(), request({ checksum: sha256(bytes), mirror: mirror.url })),
    ).rejects.toThrow(`was refused: ${why}`)
  })

  it('is made by several at a time without harm', async () => {
    const mirror = await serve({ [download]: archive })
    const around = runner()
    const all = await Promise.all(
      Array.from({ length: 4 }, () => installIn(around, request({ checksum, mirror: mirror.url }))),
    )
    for (const { path } of all) expect((await exec(path, ['--version'])).stdout).toBe('uv 0.12.5 (fake)\n')
    expect(readdirSync(join(around.cache, 'uv', '0.12.5')).sort()).toEqual(['x64', 'x64.complete'])
  })
})
