import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { http, withoutCredentials } from '@tokenledger/kit'
import { type Catalogue, identityOf } from './catalogue.ts'
import type { FileStore } from './file-store.ts'
import { HTML_TYPE, type IndexFile, JSON_TYPE, normalise, pageAsHtml, pageAsJson } from './simple-api.ts'
import type { Upstream } from './upstream.ts'

/** What the answers are made from. */
export interface Shelf {
  readonly catalogue: Catalogue
  readonly store: FileStore
  readonly upstream: Upstream | undefined
}

/** Answers `/simple/`, `/simple/<project>/` and `/files/<identity>/<filename>`. Throws an HttpError. */
export async function answer(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  shelf: Shelf,
): Promise<void> {
  const [, area, first = '', filename = ''] = path.split('/').map(decodeURIComponent)
  if (area === 'simple' && first) return answerPage(normalise(first), request, response, shelf)
  if (area === 'simple') return answerRoot(response, shelf)
  const file = area === 'files' ? await shelf.catalogue.file(first, filename) : undefined
  if (!file) return notFound(response, path)
  await answerFile(file, request, response, shelf)
}

/** Says what went wrong upstream in a sentence that the client prints; after the first byte only a cut tells it. */
export function refuse(error: unknown, upstream: string, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { message, kind, status } = http.asHttpError(error)
  const said = kind === 'status' && status !== undefined && status < 500 ? status : 502
  response
    .writeHead(said, { 'content-type': 'text/plain' })
    .end(
      `The package index ${withoutCredentials(upstream)} did not answer (${message}). Check the network, or set UV_DEFAULT_INDEX to an index that you can reach.\n`,
    )
}

function answerRoot(response: ServerResponse, { catalogue }: Shelf): void {
  const projects = catalogue.ownProjects().map(name => `<a href="${name}/">${name}</a>`)
  response
    .writeHead(200, { 'content-type': HTML_TYPE })
    .end(`<!DOCTYPE html><html><body>${projects.join('\n')}</body></html>\n`)
}

async function answerPage(
  project: string,
  request: IncomingMessage,
  response: ServerResponse,
  { catalogue }: Shelf,
): Promise<void> {
  const files = await catalogue.files(project)
  if (!files) return notFound(response, `Project ${project}`)
  const asJson = request.headers.accept?.includes(JSON_TYPE)
  response.writeHead(200, { 'content-type': asJson ? JSON_TYPE : HTML_TYPE })
  response.end((asJson ? pageAsJson : pageAsHtml)(project, files, addressOf))
}

/** Relative to the project's page, so the index need not know the name under which it is reached. */
function addressOf(file: IndexFile): string {
  return `../../files/${identityOf(file)}/${encodeURIComponent(file.filename).replaceAll('%2B', '+')}`
}

async function answerFile(
  file: IndexFile,
  { method, headers: { range } }: IncomingMessage,
  response: ServerResponse,
  { store, upstream }: Shelf,
): Promise<void> {
  const digest = file.hashes.sha256
  const kept = digest ? await store.size(digest) : undefined
  if (digest && kept !== undefined) return store.serve(digest, kept, response, range)
  if (!upstream) return notFound(response, file.filename)
  const source = await upstream.open(file.url, method === 'HEAD' ? 'HEAD' : 'GET', range)
  response.writeHead(source.status, {
    'content-type': 'application/octet-stream',
    ...passed(source, ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']),
  })
  const isWhole = method === 'GET' && source.status === 200
  if (digest && isWhole) await store.passAndKeep(source.body, digest, response)
  else await pipeline(source.body, response)
}

function passed({ headers }: http.HttpResponse, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

function notFound(response: ServerResponse, what: string): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end(`${what} is not in this index.\n`)
}
