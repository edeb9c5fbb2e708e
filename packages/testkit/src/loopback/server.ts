import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FaultPlan, type FaultRule, faultPlan } from './faults.ts'
import { type Pace, pace } from './pace.ts'
import { send } from './send.ts'

export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** The request's body as it arrives; read it or call {@link text}, not both. */
  readonly stream: Readable
  /** The whole body; it also goes into the record of the request. */
  text(): Promise<string>
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A stream has to come with its own `content-length`. */
  readonly body?: string | Buffer | Readable
}

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  /** Parsed JSON, else text; absent for a body that was streamed. */
  body?: unknown
  /** Absent while the request is under way, and when it was reset. */
  status?: number
}

export interface Loopback {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** Every request in order of arrival. */
  readonly requests: readonly RecordedRequest[]
  fault: FaultPlan['add']
  throttle: Pace['limit']
  /** Ends every connection, also those under way, and frees the port. A second call does nothing. */
  close(): Promise<void>
}

/** Answers a request, or closes its connection with a reset. */
type Handler = (incoming: Incoming) => Promise<Reply | 'reset'> | Reply | 'reset'

/** Serves `handler` on loopback, recording requests and injecting faults. Port 0 takes a free one. */
export async function serve(handler: Handler, port = 0): Promise<Loopback> {
  const requests: RecordedRequest[] = []
  const faults = faultPlan()
  const link = pace()
  const server = createServer(async (request, response) => {
    const { incoming, record } = read(request)
    requests.push(record)
    const fault = faults.next(incoming.method, incoming.path)
    if (fault?.delayMs) await sleep(fault.delayMs)
    if (fault?.reset) return void request.socket.resetAndDestroy()
    const reply = await answer(handler, incoming, fault)
    if (reply === 'reset') return void request.socket.resetAndDestroy()
    record.status = reply.status
    await finish(request, response, reply, link, fault?.stallAfterBytes)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fault: faults.add,
    throttle: link.limit,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function read(request: IncomingMessage): { incoming: Incoming; record: RecordedRequest } {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://loopback')
  const method = request.method ?? 'GET'
  const { headers } = request
  const record: RecordedRequest = { method, path, query: Object.fromEntries(query), headers }
  const text = async () => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const whole = Buffer.concat(chunks).toString('utf8')
    if (whole) record.body = parsed(whole)
    return whole
  }
  return { incoming: { method, path, query, headers, stream: request, text }, record }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

async function answer(
  handler: Handler,
  incoming: Incoming,
  fault: FaultRule | undefined,
): Promise<Reply | 'reset'> {
  if (fault?.status !== undefined) {
    const { status, body = { code: 'fault', msg: `injected ${fault.status}` }, retryAfter } = fault
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }
    return typeof body === 'string' ? { status, headers, body } : json(status, body, headers)
  }
  try {
    return await handler(incoming)
  } catch (error) {
    return json(500, { code: 'internal', msg: error instanceof Error ? (error.stack ?? '') : String(error) })
  }
}

async function finish(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  link: Pace,
  stallAfterBytes: number | undefined,
): Promise<void> {
  // An unread upload would keep its connection from ever being used again.
  request.resume()
  await send(response, request.method === 'HEAD' ? { ...reply, body: '' } : reply, link, stallAfterBytes)
}

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}
