import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { http, withoutCredentials } from '@tokenledger/kit'
import { type Fault, play } from './package-index/faults.ts'
import { FileStore } from './package-index/file-store.ts'
import {
  HTML_TYPE,
  type IndexFile,
  JSON_TYPE,
  normalise,
  pageAsHtml,
  pageAsJson,
  projectOf,
} from './package-index/simple-api.ts'
import { findUpstream, followMachineNetwork, type Upstream, upstreamAt } from './package-index/upstream.ts'

export type { Fault } from './package-index/faults.ts'

export interface PackageIndexOptions {
  /** Port on 127.0.0.1; a free one when absent. */
  readonly port?: number
  /** Where downloaded files stay, by SHA-256; a temporary folder that goes with `close()` when absent. */
  readonly cacheDirectory?: string
  /** Simple index to pull from; the one that this computer uses when absent, `none` for local files only. */
  readonly upstream?: string
  readonly faults?: Readonly<Record<string, Fault>>
}

export interface IndexRequest {
  readonly method: string
  readonly path: string
  readonly range: string | undefined
}

export interface PackageIndex {
  /** `http://127.0.0.1:<port>/simple/`, for UV_DEFAULT_INDEX and PIP_INDEX_URL. */
  readonly url: string
  readonly origin: string
  /** Every request so far, in order of arrival. */
  readonly requests: readonly IndexRequest[]
  /** Breaks every path that starts with `path` from now on; undefined mends it. */
  setFault(path: string, fault: Fault | undefined): void
  /** Publishes a file of one's own; it comes before files of the same name upstream. */
  add(filename: string, content: Uint8Array): void
  close(): Promise<void>
}

interface LocalFile extends IndexFile {
  readonly content: Uint8Array
}

/**
 * Starts a pull-through package index on loopback (PEP 503/691) for uv and pip. A file's address depends on its
 * content alone (`/files/<digest>/<filename>`), so a lock file made against one port and one upstream fits them all.
 */
export async function startPackageIndex(options: PackageIndexOptions = {}): Promise<PackageIndex> {
  await followMachineNetwork()
  const address = options.upstream ?? (await findUpstream())
  const folder = options.cacheDirectory ?? (await mkdtemp(join(tmpdir(), 'package-index-')))
  const faults = new Map(Object.entries(options.faults ?? {}))
  const requests: IndexRequest[] = []
  const catalogue = new Catalogue(address === 'none' ? undefined : upstreamAt(address))
  const store = new FileStore(folder)

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://index').pathname
    requests.push({ method: request.method ?? 'GET', path, range: request.headers.range })
    const broken = [...faults].find(([prefix]) => path.startsWith(prefix))
    if (broken) return play(broken[1], response)
    answer(path, request, response, catalogue, store).catch(error => refuse(error, address, response))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/simple/`,
    origin,
    requests,
    setFault: (path, fault) => void (fault ? faults.set(path, fault) : faults.delete(path)),
    add: (filename, content) => catalogue.add(filename, content),
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      if (!options.cacheDirectory) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What the index offers: local files and, remembered per project, the pages upstream. */
class Catalogue {
  readonly upstream: Upstream | undefined
  readonly #local: LocalFile[] = []
  readonly #pages = new Map<string, Promise<readonly IndexFile[] | undefined>>()

  constructor(upstream: Upstream | undefined) {
    this.upstream = upstream
  }

  add(filename: string, content: Uint8Array): void {
    const sha256 = createHash('sha256').update(content).digest('hex')
    this.#local.push({ filename, content, url: '', hashes: { sha256 }, size: content.byteLength })
  }

  /** A project's files; undefined when nobody has it. A page that could not be read is asked for again next time. */
  async files(project: string): Promise<readonly (IndexFile | LocalFile)[] | undefined> {
    const local = this.#local.filter(file => projectOf(file.filename) === project)
    let page = this.#pages.get(project)
    if (!page) {
      page = this.upstream?.files(project) ?? Promise.resolve(undefined)
      this.#pages.set(project, page)
      page.catch(() => this.#pages.delete(project))
    }
    const remote = await page
    if (!remote && local.length === 0) return undefined
    const own = new Set(local.map(file => file.filename))
    return [...local, ...(remote ?? []).filter(file => !own.has(file.filename))]
  }

  projects(): string[] {
    return [...new Set(this.#local.map(file => projectOf(file.filename)))]
  }
}

async function answer(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  catalogue: Catalogue,
  store: FileStore,
): Promise<void> {
  const [, area, first = '', filename = ''] = path.split('/').map(decodeURIComponent)
  if (area === 'simple' && first) return answerPage(normalise(first), request, response, catalogue)
  if (area === 'simple') {
    const projects = catalogue.projects().map(name => `<a href="${name}/">${name}</a>`)
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!DOCTYPE html><html><body>${projects.join('\n')}</body></html>`)
    return
  }
  const files = area === 'files' ? await catalogue.files(projectOf(filename)) : undefined
  const isMetadata = filename.endsWith('.metadata')
  const wanted = filename.replace(/\.metadata$/, '')
  const file = files?.find(each => each.filename === wanted && identity(each) === first)
  if (!file) return notFound(response, path)
  await answerFile(isMetadata ? metadataOf(file) : file, request, response, catalogue, store)
}

async function answerPage(
  project: string,
  request: IncomingMessage,
  response: ServerResponse,
  catalogue: Catalogue,
): Promise<void> {
  const files = await catalogue.files(project)
  if (!files) return notFound(response, project)
  const offered = files.map(file => {
    const { content: _, ...described } = file as LocalFile
    return described
  })
  const addressOf = (file: IndexFile) =>
    `../../files/${identity(file)}/${encodeURIComponent(file.filename).replaceAll('%2B', '+')}`
  const asJson = request.headers.accept?.includes(JSON_TYPE)
  response.writeHead(200, { 'content-type': asJson ? JSON_TYPE : HTML_TYPE })
  response.end((asJson ? pageAsJson : pageAsHtml)(project, offered, addressOf))
}

async function answerFile(
  file: IndexFile | LocalFile,
  request: IncomingMessage,
  response: ServerResponse,
  { upstream }: Catalogue,
  store: FileStore,
): Promise<void> {
  const { range } = request.headers
  if ('content' in file) {
    response.writeHead(200, { 'content-length': (file.content as Uint8Array).byteLength })
    response.end(request.method === 'HEAD' ? undefined : file.content)
    return
  }
  const digest = file.hashes.sha256
  const kept = digest ? await store.size(digest) : undefined
  if (digest && kept !== undefined) return store.serve(digest, kept, response, range)
  if (!upstream) return notFound(response, file.filename)
  const source = await upstream.open(file.url, request.method === 'HEAD' ? 'HEAD' : 'GET', range)
  response.writeHead(source.status, {
    'content-type': 'application/octet-stream',
    ...passed(source.headers, ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']),
  })
  if (request.method === 'GET' && range === undefined && digest)
    await store.passAndKeep(source.body, digest, response)
  else await pipeline(source.body, response)
}

/** PEP 658: the metadata file stands beside the wheel and has a digest of its own, if any. */
function metadataOf(file: IndexFile): IndexFile {
  const metadata = file['core-metadata']
  return {
    filename: `${file.filename}.metadata`,
    url: `${file.url}.metadata`,
    hashes: typeof metadata === 'object' ? metadata : {},
  }
}

/** Names a file by its content, so that its address is the same behind every upstream. */
function identity(file: IndexFile): string {
  const digest = file.hashes.sha256 ?? createHash('sha256').update(new URL(file.url).pathname).digest('hex')
  return digest.slice(0, 16)
}

function passed(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => (headers.get(name) === null ? [] : [[name, headers.get(name) ?? '']])),
  )
}

function notFound(response: ServerResponse, what: string): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end(`${what} is not in this index.\n`)
}

/** What went wrong upstream, in a sentence that the client prints; after the first byte only a cut tells it. */
function refuse(error: unknown, upstream: string, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const reason = http.asHttpError(error)
  const status =
    reason.kind === 'status' && reason.status !== undefined && reason.status < 500 ? reason.status : 502
  response
    .writeHead(status, { 'content-type': 'text/plain' })
    .end(
      `The package index ${withoutCredentials(upstream)} did not answer (${reason.message}). Check the network, or set UV_DEFAULT_INDEX to an index that you can reach.\n`,
    )
}
