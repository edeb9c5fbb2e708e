import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface FakeServer {
  readonly url: string
  readonly host: string
  /** `path` of each request in order. */
  readonly asked: string[]
  readonly headers: Array<IncomingMessage['headers']>
  readonly server: Server
}

const open: Server[] = []

/** A server on a free loopback port; paths without an answer get a 404. Closed by {@link closeServers}. */
export async function serve(
  answers: Readonly<Record<string, Answer | Buffer | string>>,
): Promise<FakeServer> {
  const asked: string[] = []
  const headers: Array<IncomingMessage['headers']> = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    headers.push(request.headers)
    const answer = answers[path]
    if (typeof answer === 'function') answer(request, response)
    else if (answer === undefined) response.writeHead(404).end()
    else response.end(answer)
  })
  open.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: `http://${host}`, host, asked, headers, server }
}

export async function closeServers(): Promise<void> {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}

export const status =
  (code: number): Answer =>
  (_request, response) =>
    void response.writeHead(code).end()

export const json =
  (value: unknown): Answer =>
  (_request, response) =>
    void response
      .writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' })
      .end(JSON.stringify(value))

/** Announces the whole and breaks the connection in the middle. */
export const cutOff =
  (bytes: Buffer): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
  }

/** Sends half and then nothing, the connection open. */
export const stalling =
  (bytes: Buffer, onHalf: () => void = () => undefined): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, bytes.length / 2), onHalf)
  }

export const silent: Answer = () => undefined
