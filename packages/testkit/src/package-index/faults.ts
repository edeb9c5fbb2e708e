import type { ServerResponse } from 'node:http'

/** What a broken index does: refuse (an HTTP status), never answer, or cut the connection. */
export type Fault = 403 | 500 | 'stall' | 'reset'

/** Plays a fault on a response. A stalled one stays open until the client gives up or the server closes. */
export function play(fault: Fault, response: ServerResponse): void {
  if (fault === 'stall') return
  if (fault === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  response.writeHead(fault, { 'content-type': 'text/plain' }).end(`fault ${fault} asked for by the test\n`)
}
