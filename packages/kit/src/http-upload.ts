import { once } from 'node:events'
import type { ClientRequest } from 'node:http'
import type { Readable } from 'node:stream'
import { HttpError, seconds } from './http-error.ts'

/** A body that is read while it is sent, such as a file. */
export interface StreamBody {
  /** Starts to read it; called once for each time that it is sent. The stream is always ended. */
  open(): Readable
  /** How many bytes it has. */
  readonly bytes: number
  /** Reports the size of each piece that the network took, in bytes. */
  readonly onSent?: (bytes: number) => void
}

/** Gives up on a request; each phase of it sets the time anew. */
export interface Patience {
  readonly signal: AbortSignal
  allow(ms: number, late: HttpError): void
  /** The head is there: no more time-outs. */
  stop(): void
}

export function patience(): Patience {
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const stop = () => {
    isOver = true
    clearTimeout(timer)
  }
  return {
    signal: abort.signal,
    allow(ms, late) {
      clearTimeout(timer)
      if (!isOver) timer = setTimeout(() => abort.abort(late), ms)
    },
    stop,
  }
}

export interface UploadTimes {
  /** Longest time in which the network takes no byte, in ms. */
  readonly stallMs: number
  /** Longest time from the last byte to the head of the answer, in ms. */
  readonly answerMs: number
}

/**
 * Sends a body piece by piece, no faster than the network takes it, until the request is closed: an answer that came early
 * does that, once it is read. Rejects when the body cannot be read; what happens to the request is its own error.
 */
export async function sendStream(
  request: ClientRequest,
  body: StreamBody,
  wait: Patience,
  { stallMs, answerMs }: UploadTimes,
): Promise<void> {
  const source = body.open()
  const over = new AbortController()
  over.signal.addEventListener('abort', () => source.destroy())
  let sent = 0
  request.once('close', () => over.abort())
  try {
    for await (const chunk of source) {
      sent += chunk.length
      if (sent > body.bytes) throw new Error(`more than the ${body.bytes} bytes that it had`)
      wait.allow(stallMs, new HttpError('stall', `no byte was taken for ${seconds(stallMs)}`))
      if (!request.write(chunk)) await once(request, 'drain', { signal: over.signal })
      body.onSent?.(chunk.length)
    }
    if (sent < body.bytes) throw new Error(`${sent} in place of the ${body.bytes} bytes that it had`)
    wait.allow(answerMs, new HttpError('connect-timeout', `no answer for ${seconds(answerMs)}`))
    request.end()
  } catch (error) {
    // After an answer, or the end of the connection, there is nothing left to tell.
    if (!over.signal.aborted) throw new HttpError('body', (error as Error).message)
  }
}
