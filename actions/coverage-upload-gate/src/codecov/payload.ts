import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createDeflate } from 'node:zlib'

export interface ReportFile {
  /** As Codecov is told it: relative to the repository, with forward slashes. */
  readonly path: string
  /** Where it is on this machine. */
  readonly absolute: string
}

/** What goes to the storage, in pieces that can be sent again. */
export interface Payload {
  readonly bytes: number
  readonly chunks: readonly Buffer[]
}

const READ_BYTES = 1024 * 1024
const DEFLATED_BYTES = 64 * 1024

/**
 * Packs reports in the format of codecov-cli 11.3.1: base64 of zlib of each file, inside of one JSON object. Files are
 * streamed, so memory holds only what they come to when packed (a coverage.xml: about a tenth). Throws Node's error for a
 * file that cannot be read, and the signal's reason.
 */
export async function buildPayload(
  reports: readonly ReportFile[],
  network: readonly string[],
  signal: AbortSignal,
): Promise<Payload> {
  const chunks: Buffer[] = []
  const add = (text: string) => chunks.push(Buffer.from(text))
  // Fixes are for languages whose reports list braces as lines; Python and TypeScript have none.
  add(
    `{"report_fixes":{"format":"legacy","value":{}},"network_files":${JSON.stringify(network)},"coverage_files":[`,
  )
  for (const [index, { path, absolute }] of reports.entries()) {
    add(`${index > 0 ? ',' : ''}{"filename":${JSON.stringify(path)},"format":"base64+compressed","data":"`)
    await pack(absolute, chunks, signal)
    add('","labels":""}')
  }
  add('],"metadata":{}}')
  return { chunks, bytes: chunks.reduce((sum, { length }) => sum + length, 0) }
}

async function pack(file: string, chunks: Buffer[], signal: AbortSignal): Promise<void> {
  await pipeline(
    createReadStream(file, { highWaterMark: READ_BYTES }),
    createDeflate({ chunkSize: DEFLATED_BYTES }),
    async deflated => {
      for await (const chunk of base64(deflated)) chunks.push(chunk)
    },
    { signal },
  )
}

/** Base64 of a stream: three bytes become four letters, so what is left of a chunk goes in front of the next. */
async function* base64(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    const whole = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const even = whole.length - (whole.length % 3)
    rest = Buffer.from(whole.subarray(even))
    yield Buffer.from(whole.toString('base64', 0, even), 'latin1')
  }
  yield Buffer.from(rest.toString('base64'), 'latin1')
}
