import { buffer } from 'node:stream/consumers'
import { type Loopback, serve } from '@tokenledger/testkit'

/** The older cache service with room for one entry, as GitHub Enterprise Server has it: look up, reserve, upload, commit. */
export async function startCacheV1(): Promise<Loopback> {
  const api = '/_apis/artifactcache'
  const chunks: Buffer[] = []
  let key = ''
  let committed = false
  const json = (status: number, body: object) => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const loopback: Loopback = await serve(async ({ method, path, text, stream }) => {
    if (path === '/archive') return { status: 200, body: Buffer.concat(chunks) }
    if (method === 'GET' && path === `${api}/cache`) {
      return committed
        ? json(200, { archiveLocation: `${loopback.url}/archive`, cacheKey: key })
        : { status: 204 }
    }
    if (method === 'POST' && path === `${api}/caches`) {
      key = JSON.parse(await text()).key
      return json(201, { cacheId: 7 })
    }
    if (method === 'PATCH') chunks.push(await buffer(stream))
    else committed = true
    return { status: 204 }
  })
  return loopback
}
