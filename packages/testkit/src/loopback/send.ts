import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pace } from './pace.ts'
import type { Reply } from './server.ts'

/** Writes an answer at the link's pace; with `stallAfterBytes` its body stops there and the connection stays open. */
export async function send(
  response: ServerResponse,
  { status, headers = {}, body = '' }: Reply,
  link: Pace,
  stallAfterBytes = Number.POSITIVE_INFINITY,
): Promise<void> {
  const known = body instanceof Readable ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...known, ...headers })
  response.flushHeaders()
  const source = body instanceof Readable ? body : Readable.from(body.length > 0 ? [Buffer.from(body)] : [])
  try {
    await pipeline(source, chunks => paced(chunks, response, link, stallAfterBytes), response)
  } catch {
    // The client went away, or the server was closed: nobody is left to answer to.
    response.destroy()
  }
}

async function* paced(
  chunks: AsyncIterable<Buffer>,
  response: ServerResponse,
  link: Pace,
  stallAfterBytes: number,
): AsyncGenerator<Buffer> {
  let sent = 0
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, stallAfterBytes - sent)
    await link.take(part.length)
    if (part.length > 0) yield part
    sent += part.length
    if (sent >= stallAfterBytes) await once(response, 'close')
  }
}
