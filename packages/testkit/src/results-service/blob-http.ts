import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Incoming, Reply } from '../loopback/server.ts'
import type { Blob, BlobStore } from './blob-store.ts'

/** Azure's block blob REST interface, as far as the GitHub clients use it. `id` is the path's last part. */
export async function blobRequest(store: BlobStore, id: string, incoming: Incoming): Promise<Reply> {
  const access = incoming.method === 'PUT' ? 'write' : 'read'
  const blob = store.authorize(id, access, incoming.query.get('sig'))
  if (!blob) return azureError(403, 'AuthenticationFailed')
  return access === 'write' ? upload(store, blob, incoming) : download(store, blob, incoming)
}

async function upload(store: BlobStore, blob: Blob, incoming: Incoming): Promise<Reply> {
  const { query, headers, stream } = incoming
  switch (query.get('comp')) {
    case 'block':
      await store.putBlock(blob, query.get('blockid') ?? '', stream)
      return created()
    case 'blocklist': {
      const listed = (await incoming.text()).matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)
      if (
        !(await store.commit(
          blob,
          [...listed].map(([, block = '']) => block),
        ))
      ) {
        return azureError(400, 'InvalidBlockList')
      }
      break
    }
    default:
      if (headers['x-ms-blob-type'] !== 'BlockBlob') return azureError(400, 'MissingRequiredHeader')
      await store.put(blob, stream)
  }
  blob.contentType = text(headers['x-ms-blob-content-type']) ?? blob.contentType
  return created()
}

function download(store: BlobStore, blob: Blob, { headers }: Incoming): Reply {
  const size = store.size(blob)
  if (size === undefined) return azureError(404, 'BlobNotFound')
  const common = {
    'content-type': blob.contentType,
    'accept-ranges': 'bytes',
    etag: `"${blob.id}"`,
    'x-ms-blob-type': 'BlockBlob',
    ...(blob.fileName ? { 'content-disposition': `attachment; filename="${blob.fileName}"` } : {}),
  }
  const asked = /^bytes=(\d+)-(\d*)$/.exec(text(headers['x-ms-range']) ?? headers.range ?? '')
  if (!asked) {
    return {
      status: 200,
      headers: { ...common, 'content-length': `${size}` },
      body: createReadStream(blob.file),
    }
  }
  const start = Number(asked[1])
  const end = Math.min(asked[2] ? Number(asked[2]) : size - 1, size - 1)
  if (start > end)
    return { ...azureError(416, 'InvalidRange'), headers: { 'content-range': `bytes */${size}` } }
  return {
    status: 206,
    headers: {
      ...common,
      'content-length': `${end - start + 1}`,
      'content-range': `bytes ${start}-${end}/${size}`,
    },
    body: createReadStream(blob.file, { start, end }),
  }
}

function created(): Reply {
  return {
    status: 201,
    headers: {
      etag: '"0x1"',
      'last-modified': new Date().toUTCString(),
      'x-ms-request-id': randomUUID(),
      'x-ms-request-server-encrypted': 'true',
      'x-ms-version': '2025-05-05',
    },
  }
}

function azureError(status: number, code: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`,
  }
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
