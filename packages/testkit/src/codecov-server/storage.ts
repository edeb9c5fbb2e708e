import { createHmac, randomBytes } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import type { Incoming, Reply } from '../loopback/server.ts'
import type { CodecovUpload, CodecovWorld, StoredPayload, StoredReport } from './world.ts'

export const STORAGE_PATH = /^\/storage\/([\w-]+)$/

export interface Storage {
  /** The address that takes the upload's payload by PUT until it expires. */
  presigned(upload: CodecovUpload): string
  put(id: string, incoming: Incoming): Promise<Reply>
}

/** Object storage with addresses signed as S3 does: an expiry and a signature over the path and that expiry. */
export function storage(world: CodecovWorld): Storage {
  const key = randomBytes(32)
  const signature = (id: string, expires: string) =>
    createHmac('sha256', key).update(`${id}\n${expires}`).digest('hex')
  return {
    presigned({ id }) {
      const expires = String(Date.now() + world.settings.presignedMs)
      const query = new URLSearchParams({
        'X-Amz-Expires': expires,
        'X-Amz-Signature': signature(id, expires),
      })
      return `${world.url}/storage/${id}?${query}`
    },
    async put(id, incoming) {
      const expires = incoming.query.get('X-Amz-Expires') ?? ''
      if (incoming.query.get('X-Amz-Signature') !== signature(id, expires)) {
        return refused('SignatureDoesNotMatch', 'The signature does not match.')
      }
      // Two ways of signing in at once are refused by S3 and minio alike.
      if (incoming.headers.authorization)
        return refused('InvalidRequest', 'Only one auth mechanism allowed.', 400)
      if (Date.now() >= Number(expires)) return EXPIRED
      return keep(world, id, await incoming.text())
    },
  }
}

/** What S3 says after the expiry of an address. */
export const EXPIRED = refused('AccessDenied', 'Request has expired')

function refused(code: string, message: string, status = 403): Reply {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  }
}

function keep(world: CodecovWorld, id: string, body: string): Reply {
  const upload = world.uploads.find(candidate => candidate.id === id)
  if (upload) upload.payload = decoded(body)
  return { status: 200, headers: { etag: '"0"' } }
}

/** Takes a payload apart as Codecov's worker does; it throws for one that the worker could not use. */
function decoded(body: string): StoredPayload {
  if (!body.startsWith('{') || !body.endsWith('}')) throw new Error('the payload is not a JSON object')
  const { network_files, coverage_files, report_fixes } = JSON.parse(body)
  return {
    network: network_files,
    reports: coverage_files.map(report),
    fixes: report_fixes,
    bytes: Buffer.byteLength(body),
  }
}

function report({ filename, format, data }: Record<string, string>): StoredReport {
  if (format !== 'base64+compressed') throw new Error(`format ${format} is not known`)
  return { filename: filename ?? '', content: inflateSync(Buffer.from(data ?? '', 'base64')) }
}
