import { afterEach, describe, expect, it } from '@jest/globals'
import { DEFAULT_UV_VERSION } from '../src/index.ts'
import { place } from '../src/order.ts'
import { closeServers, json, serve, silent, status } from './support/server.ts'
import { refusal, removeFolders, request, runner } from './support/situation.ts'

afterEach(async () => {
  await closeServers()
  removeFolders()
})

const MIRRORED = '/github/versions/main/v1/uv.ndjson'
const ORIGINAL = '/astral-sh/versions/main/v1/uv.ndjson'
const line = (version: string) => `${JSON.stringify({ version, artifacts: [] })}\n`

describe('without the network', () => {
  const offline = { UV_ASTRAL_MIRROR_URL: 'http://127.0.0.1:9' }
  const choose = (specifier: string) => place(request({ specifier }), runner(offline)).version()

  it('an exact version is itself, known or not', async () => {
    expect(await choose('0.99.1')).toEqual({ version: '0.99.1', reason: 'input uv-version' })
  })

  it('the default is the one of this release', async () => {
    expect((await choose('')).version).toBe(DEFAULT_UV_VERSION)
  })

  it.each([
    ['>=0.11,<0.12', '0.11.33'],
    ['0.11.x', '0.11.33'],
    ['>=0.9,<0.11', '0.10.12'],
    ['~0.12.1', '0.12.5'],
    ['==0.8.*', '0.8.24'],
  ])('%s is the newest known that fits, %s', async (specifier, version) => {
    expect(await choose(specifier)).toEqual({
      version,
      reason: expect.stringMatching(/^input uv-version, newest known for /),
    })
  })
})

describe('latest', () => {
  it('is the first line of the mirror’s manifest, and the rest is not read', async () => {
    const mirror = await serve({
      [MIRRORED]: (_request, response) => {
        response.write(line('0.14.2'))
      },
    })
    const order = place(request({ specifier: 'latest', mirror: mirror.url }), runner())
    expect(await order.version()).toMatchObject({
      version: '0.14.2',
      reason: `input uv-version, latest of ${mirror.host}`,
    })
  })

  it('is asked of the original manifest when the sources leave the mirror out', async () => {
    const original = await serve({ [ORIGINAL]: line('0.14.3') })
    const around = runner({}, { manifestHost: original.url })
    const order = place(request({ specifier: 'latest', sources: ['github'] }), around)
    expect((await order.version()).version).toBe('0.14.3')
  })

  it('is the newest on the index when no manifest answers', async () => {
    const mirror = await serve({ [MIRRORED]: status(404) })
    const files = ['0.9.30', '0.14.10', '0.14.9', '0.15.0a1'].map(version => ({
      filename: `uv-${version}-py3-none-win_amd64.whl`,
      url: '../x.whl',
    }))
    const index = await serve({ '/simple/uv/': json({ files }) })
    const order = place(
      request({ specifier: 'latest', mirror: mirror.url }),
      runner({ UV_DEFAULT_INDEX: `${index.url}/simple` }),
    )
    expect(await order.version()).toMatchObject({
      version: '0.14.10',
      reason: `input uv-version, latest of ${index.host}`,
    })
  })

  it('that nobody knows names everyone who was asked', async () => {
    const mirror = await serve({ [MIRRORED]: silent })
    const index = await serve({ '/simple/uv/': status(403) })
    const order = place(
      request({ specifier: 'latest', mirror: mirror.url }),
      runner({ PIP_INDEX_URL: `${index.url}/simple/` }, { limits: { connectMs: 400, stallMs: 400 } }),
    )
    expect(await refusal(order.version())).toBe(
      `Could not get uv latest for x86_64-unknown-linux-gnu. Tried: ${mirror.host} (connect time-out, N s), ` +
        `${index.host} (HTTP 403, N s). Behind a proxy set HTTPS_PROXY and NODE_EXTRA_CA_CERTS; with a mirror set uv-mirror.`,
    )
  })
})

describe('a range beyond the known versions', () => {
  it('is the first line that fits', async () => {
    const mirror = await serve({ [MIRRORED]: line('0.15.0') + line('0.14.9') + line('0.14.8') })
    const order = place(request({ specifier: '>=0.13,<0.15', mirror: mirror.url }), runner())
    expect((await order.version()).version).toBe('0.14.9')
  })

  it('that no line fits is told as such', async () => {
    const mirror = await serve({ [MIRRORED]: line('0.12.5') })
    const order = place(request({ specifier: '>=9', mirror: mirror.url, sources: ['mirror'] }), runner())
    const message = await refusal(order.version())
    expect(message).toMatch(`Tried: ${mirror.host} (it has no version for >=9, N s).`)
  })

  it('of a page that is no manifest is told as such', async () => {
    const mirror = await serve({ [MIRRORED]: '<html>Please log in</html>' })
    const order = place(request({ specifier: '>=9', mirror: mirror.url, sources: ['mirror'] }), runner())
    await expect(order.version()).rejects.toThrow('its version list is not in the expected format')
  })
})
