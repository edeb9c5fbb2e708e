import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Incoming, Reply } from '../../loopback/server.ts'
import type { ReleaseAsset, ReleaseRecords } from './records.ts'

export interface Downloads {
  /** Where the bytes of an asset are to be had without a token. */
  address(asset: ReleaseAsset): string
  /** The bytes, for a path of {@link address}; undefined for every other path. */
  answer(incoming: Incoming, records: ReleaseRecords): Reply | undefined
}

/** The storage that GitHub leads to: another host, whose addresses carry their own signature. */
export function downloads(apiUrl: string): Downloads {
  const signature = randomUUID()
  // Another name of the loopback is another origin: clients have to leave the token behind, as they do on GitHub.
  const host = apiUrl.replace('127.0.0.1', 'localhost')
  return {
    address: ({ id }) => `${host}/storage/release-assets/${id}?sig=${signature}`,
    answer({ path, query, headers }, { releases }) {
      const id = /^\/storage\/release-assets\/(\d+)$/.exec(path)?.[1]
      if (id === undefined) return undefined
      // Two ways of signing in at once are refused by storages.
      if (headers.authorization) return refused(400, 'InvalidAuthenticationInfo')
      if (query.get('sig') !== signature) return refused(403, 'AuthenticationFailed')
      const asset = releases.flatMap(({ assets }) => assets).find(one => `${one.id}` === id)
      return asset ? bytesOf(asset) : refused(404, 'BlobNotFound')
    },
  }
}

function bytesOf({ content, contentType: type, name, size }: ReleaseAsset): Reply {
  if (!content) return refused(404, 'BlobNotFound')
  const headers = {
    'content-type': type,
    'content-length': `${size}`,
    'content-disposition': `attachment; filename=${name}`,
  }
  return { status: 200, headers, body: 'bytes' in content ? content.bytes : createReadStream(content.file) }
}

function refused(status: number, code: string): Reply {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`
  return { status, headers: { 'content-type': 'application/xml' }, body }
}
