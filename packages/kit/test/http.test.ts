import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { HttpError, open, text } from '../src/http.ts'

let server: Server | undefined
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  await new Promise<void>(resolve => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`
}
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
})

async function failure(promise: Promise<unknown>): Promise<HttpError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HttpError)) throw new Error(`expected an HttpError, got ${String(error)}`)
  return error
}

describe('http', () => {
  it('streams a body and counts its bytes', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(100_000)))
    let counted = 0
    expect(await text(url, { onBytes: bytes => (counted += bytes) })).toHaveLength(100_000)
    expect(counted).toBe(100_000)
  })

  it('follows a redirect', async () => {
    const url = await serve((request, response) =>
      request.url === '/old'
        ? response.writeHead(302, { location: '/new' }).end()
        : response.end(request.url),
    )
    expect(await text(`${url}/old`)).toBe('/new')
  })

  it('keeps credentials away from another origin', async () => {
    const seen: (string | undefined)[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end()
    })
    await new Promise<void>(resolve => elsewhere.listen(0, '127.0.0.1', resolve))
    const { port } = elsewhere.address() as AddressInfo
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end()
    })
    await text(url, { headers: { Authorization: 'Bearer secret' } })
    elsewhere.close()
    expect(seen).toEqual(['Bearer secret', undefined])
  })

  it('does not follow redirects for ever', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/' }).end())
    expect((await failure(open(url))).message).toBe('more than 5 redirects')
  })

  it('does not take a slow reader for a stall', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(5_000_000)))
    const { body } = await open(url, { stallMs: 100 })
    let read = 0
    for await (const chunk of body) {
      if (read === 0) await new Promise(resolve => setTimeout(resolve, 300))
      read += (chunk as Buffer).length
    }
    expect(read).toBe(5_000_000)
  })

  it('gives up when no head comes in time', async () => {
    const url = await serve(() => undefined)
    expect(await failure(open(url, { connectMs: 100 }))).toMatchObject({
      kind: 'connect-timeout',
      message: 'connect time-out, 0.1 s',
    })
  })

  it('gives up when the body stalls', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '10' })
      response.write('12345')
    })
    expect(await failure(text(url, { stallMs: 100 }))).toMatchObject({
      kind: 'stall',
      message: 'no byte for 0.1 s',
    })
  })

  it('names a refused connection', async () => {
    const url = await serve((_request, response) => response.end())
    await new Promise(resolve => server?.close(resolve))
    server = undefined
    expect(await failure(open(url))).toMatchObject({ kind: 'connect', message: 'connection refused' })
  })

  it('names a body that ends early', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '10' })
      response.write('12345')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await failure(text(url))).toMatchObject({ kind: 'connect', message: 'connection closed early' })
  })

  it('carries the status and the JSON that came with it', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"msg":"denied"}'),
    )
    expect(await failure(open(url))).toMatchObject({
      kind: 'status',
      status: 403,
      message: 'HTTP 403 {"msg":"denied"}',
    })
  })

  it('names a host that does not exist', async () => {
    expect((await failure(open('http://does-not-exist.invalid/'))).kind).toBe('dns')
  })
})
