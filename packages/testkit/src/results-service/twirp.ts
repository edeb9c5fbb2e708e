import { type Incoming, json, type Reply } from '../loopback/server.ts'
import type { Blob, BlobStore } from './blob-store.ts'
import type { Claims } from './tokens.ts'

/** The fields of a call in snake_case, each as text: protobuf's JSON sends 64-bit numbers as strings. */
export type Fields = Readonly<Record<string, unknown>>

/** A method of a Twirp service: the fields of the call → the answer's body, or a {@link TwirpError}. */
export type TwirpMethod = (fields: Fields, claims: Claims, token: string) => object

/** An error in Twirp's JSON form; a body in any other form makes the clients repeat the call for half a minute. */
export class TwirpError extends Error {
  override readonly name = 'TwirpError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  get reply(): Reply {
    return json(this.status, { code: this.code, msg: this.message })
  }
}

/** Reads one call and answers with what `method` returns or throws. */
export async function callTwirp(method: TwirpMethod, incoming: Incoming, claims: Claims): Promise<Reply> {
  const token = (incoming.headers.authorization ?? '').replace(/^Bearer /i, '')
  try {
    return json(200, method(fieldsOf(await incoming.text()), claims, token))
  } catch (error) {
    if (error instanceof TwirpError) return error.reply
    throw error
  }
}

function fieldsOf(body: string): Fields {
  let message: object
  try {
    message = JSON.parse(body || '{}')
  } catch {
    throw new TwirpError(400, 'malformed', 'the request is not JSON')
  }
  const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [snake(name), value]))
}

/** The value of a field that a call needs; a missing or empty one is GitHub's `invalid_argument`. */
export function need(fields: Fields, name: string): string {
  const value = fields[name]
  if (value === undefined || value === null || value === '') {
    throw new TwirpError(400, 'invalid_argument', `${name} is required`)
  }
  return String(value)
}

/** The size of a complete upload in bytes; an error when it is missing or not what the client `claimed`. */
export function uploadedSize(blobs: BlobStore, blob: Blob, claimed: string): number {
  const size = blobs.size(blob)
  if (size === Number(claimed)) return size
  throw new TwirpError(400, 'invalid_argument', `the upload has ${size ?? 'no'} bytes, not ${claimed}`)
}
