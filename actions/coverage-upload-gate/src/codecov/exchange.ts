import * as nodeHttp from 'node:http'
import * as nodeHttps from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { http } from '@tokenledger/kit'

/** Time-outs of one request and the first pause before it is sent again, in ms. */
export interface Limits {
  readonly connectMs: number
  /** Longest time in which not a byte goes either way. */
  readonly idleMs: number
  /** Doubles with each try. */
  readonly backOffMs: number
}

export const LIMITS: Limits = { connectMs: 10_000, idleMs: 30_000, backOffMs: 500 }

export interface Message {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: readonly Buffer[]
}

export interface Answer {
  readonly status: number
  readonly headers: nodeHttp.IncomingHttpHeaders
  /** The body; what is beyond 64 KiB is cut off. */
  readonly text: string
}

const MOST_ANSWER_BYTES = 64 * 1024

/**
 * Sends one request and reads its answer, whatever its status: here a refusal's words and headers matter, which `open` of the
 * kit drops. No redirect is followed, so that no other host gets what this one is signed in with. Throws an HttpError for
 * the connection, and the signal's reason.
 */
export function exchange(message: Message, limits: Limits, signal: AbortSignal): Promise<Answer> {
  const { method, headers, body = [] } = message
  const url = new URL(message.url)
  const length = body.reduce((sum, chunk) => sum + chunk.length, 0)
  const { request } = url.protocol === 'https:' ? nodeHttps : nodeHttp
  return new Promise<Answer>((resolve, reject) => {
    const counted = method === 'GET' ? {} : { 'content-length': String(length) }
    const outgoing = request(url, { method, signal, headers: { ...headers, ...counted } })
    guard(outgoing, limits)
    outgoing.on('response', response => answerOf(response).then(resolve, reject))
    outgoing.on('error', reject)
    // A server may refuse before it has read everything; then its answer counts, not the broken upload.
    pipeline(Readable.from(body), outgoing).catch(reject)
  }).catch(error => {
    signal.throwIfAborted()
    throw http.asHttpError(error)
  })
}

function guard(outgoing: nodeHttp.ClientRequest, { connectMs, idleMs }: Limits): void {
  const seconds = (ms: number) => http.seconds(ms)
  const late = new http.HttpError('connect-timeout', `connect time-out, ${seconds(connectMs)}`)
  const timer = setTimeout(() => outgoing.destroy(late), connectMs)
  const reached = () => clearTimeout(timer)
  outgoing.on('socket', socket => (socket.connecting ? socket.once('connect', reached) : reached()))
  outgoing.on('close', reached)
  outgoing.setTimeout(idleMs, () =>
    outgoing.destroy(new http.HttpError('stall', `nothing for ${seconds(idleMs)}`)),
  )
}

async function answerOf(response: nodeHttp.IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= MOST_ANSWER_BYTES) break
  }
  const text = Buffer.concat(chunks).toString('utf8', 0, MOST_ANSWER_BYTES)
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}
