import { once } from 'node:events'
import { createReadStream, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { removeDir, tempDir } from '@tokenledger/testkit'
import { HttpError, open, type StreamBody, text } from '../src/http.ts'

const MANY = 64 * 1024 * 1024

let server: Server | undefined
let folder: string
let opened: Readable[]
beforeEach(() => {
  folder = tempDir('upload-')
  opened = []
})
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
  removeDir(folder)
})

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  await new Promise<void>(resolve => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`
}

function kept(stream: Readable): Readable {
  opened.push(stream)
  return stream
}

/** A file of zeros that takes no room. */
function fileOf(bytes: number): string {
  const path = join(folder, `${bytes}.bin`)
  writeFileSync(path, '')
  truncateSync(path, bytes)
  return path
}

function upload(bytes: number, path = fileOf(bytes)): { method: 'POST'; body: StreamBody } {
  return { method: 'POST', body: { bytes, open: () => kept(createReadStream(path)) } }
}

async function failure(promise: Promise<unknown>): Promise<HttpError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HttpError)) throw new Error(`expected an HttpError, got ${String(error)}`)
  return error
}

/** Every file that was opened is closed again. */
async function filesAreClosed() {
  expect(opened.length).toBeGreaterThan(0)
  for (const stream of opened) {
    if (!stream.closed) await new Promise(resolve => stream.on('close', resolve))
  }
}

describe('an upload', () => {
  it('sends a file with its length, and counts what is sent', async () => {
    const url = await serve(async (request, response) => {
      const { length } = await buffer(request)
      response.end(`${request.headers['content-length']} ${request.headers['transfer-encoding']} ${length}`)
    })
    const path = fileOf(1_000_000)
    let sent = 0
    const body = {
      bytes: 1_000_000,
      open: () => kept(createReadStream(path)),
      onSent: (bytes: number) => (sent += bytes),
    }
    expect(await text(url, { method: 'POST', body })).toBe('1000000 undefined 1000000')
    expect(sent).toBe(1_000_000)
    await filesAreClosed()
  })

  it('sends an empty file', async () => {
    const url = await serve(async (request, response) => response.end(`${(await buffer(request)).length}`))
    expect(await text(url, upload(0))).toBe('0')
    await filesAreClosed()
  })

  it.each([403, 422, 502])('gives the answer %i of a server that does not read it', async status => {
    const url = await serve((_request, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"message":"no"}'),
    )
    const answer = await open(url, { ...upload(MANY), everyStatus: true })
    expect(answer.status).toBe(status)
    expect(JSON.parse((await buffer(answer.body)).toString())).toEqual({ message: 'no' })
    await filesAreClosed()
  })

  it('ends when it was answered early, also where the server keeps the connection and reads no more', async () => {
    const sockets: Socket[] = []
    const silent = createTcpServer({ pauseOnConnect: true }, socket => {
      sockets.push(socket)
      socket.write('HTTP/1.1 422 No\r\ncontent-length: 2\r\n\r\nno')
    })
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const { body } = await open(url, { ...upload(MANY), everyStatus: true })
    expect((await buffer(body)).toString()).toBe('no')
    await filesAreClosed()
    for (const socket of sockets) {
      socket.on('error', () => undefined).resume()
      await new Promise(resolve => socket.on('close', resolve))
    }
    silent.close()
  })

  it('fails when the connection is reset in the middle', async () => {
    const url = await serve(async request => {
      await once(request, 'data')
      request.socket.resetAndDestroy()
    })
    expect(await failure(open(url, upload(MANY)))).toMatchObject({
      kind: 'connect',
      message: 'connection closed early',
    })
    await filesAreClosed()
  })

  it('fails when it is not read on, and has not read on itself', async () => {
    const url = await serve(request => void once(request, 'data').then(() => request.pause()))
    let sent = 0
    const path = fileOf(MANY)
    const body = {
      bytes: MANY,
      open: () => kept(createReadStream(path)),
      onSent: (bytes: number) => (sent += bytes),
    }
    expect(await failure(open(url, { method: 'POST', body, stallMs: 200 }))).toMatchObject({
      kind: 'stall',
      message: 'no byte was taken for 0.2 s',
    })
    expect(sent).toBeLessThan(MANY / 2)
    await filesAreClosed()
  })

  it('may take longer than the time for an answer', async () => {
    const url = await serve(async (request, response) => response.end(`${(await buffer(request)).length}`))
    const slow = async function* () {
      for (let n = 0; n < 6; n++) {
        await sleep(50)
        yield Buffer.from('0123456789')
      }
    }
    const body = { bytes: 60, open: () => kept(Readable.from(slow())) }
    expect(await text(url, { method: 'POST', body, connectMs: 150 })).toBe('60')
  })

  it('waits for its answer as long as for any, from the last byte', async () => {
    const url = await serve(request => void request.resume())
    expect(await failure(open(url, { ...upload(1000), connectMs: 100 }))).toMatchObject({
      kind: 'connect-timeout',
      message: 'no answer for 0.1 s',
    })
    await filesAreClosed()
  })

  it('fails when the file is not there', async () => {
    const url = await serve(request => void request.resume())
    const error = await failure(open(url, upload(5, join(folder, 'none'))))
    expect(error.kind).toBe('body')
    expect(error.message).toContain('ENOENT')
  })

  it.each([
    [10, '5 in place of the 10 bytes that it had'],
    [3, 'more than the 3 bytes that it had'],
  ])('fails when the file does not have its %i bytes any more', async (bytes, message) => {
    const url = await serve(request => void request.resume())
    expect(await failure(open(url, upload(bytes, fileOf(5))))).toMatchObject({ kind: 'body', message })
    await filesAreClosed()
  })

  it('is sent again where a redirect of 307 leads', async () => {
    const url = await serve(async (request, response) =>
      request.url === '/old'
        ? response.writeHead(307, { location: '/new' }).end()
        : response.end(`${request.method} ${(await buffer(request)).length}`),
    )
    expect(await text(`${url}/old`, upload(MANY))).toBe(`POST ${MANY}`)
    expect(opened).toHaveLength(2)
    await filesAreClosed()
  })

  it('does not become a GET', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/new' }).end())
    expect((await failure(open(url, upload(MANY)))).message).toBe('an upload was redirected')
    await filesAreClosed()
  })

  it('fails when nobody listens', async () => {
    const url = await serve((_request, response) => response.end())
    await new Promise(resolve => server?.close(resolve))
    server = undefined
    expect(await failure(open(url, upload(MANY)))).toMatchObject({ kind: 'connect' })
    await filesAreClosed()
  })
})
