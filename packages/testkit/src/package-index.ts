import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, refuse } from './package-index/answers.ts'
import { Catalogue } from './package-index/catalogue.ts'
import { type Fault, play } from './package-index/faults.ts'
import { FileStore } from './package-index/file-store.ts'
import { findUpstream, followMachineNetwork, upstreamAt } from './package-index/upstream.ts'

export type { Fault } from './package-index/faults.ts'
export { findUpstream } from './package-index/upstream.ts'

export interface PackageIndexOptions {
  /** Port on 127.0.0.1; a free one when absent. */
  readonly port?: number
  /** Where downloaded files stay, by SHA-256; a temporary folder that goes with `close()` when absent. */
  readonly cacheDirectory?: string
  /** Simple index to pull from, or `none` for files of one's own only; the one that this computer uses when absent. */
  readonly upstream?: string
  /** Simple index to which files are published meanwhile; its projects come before those upstream. */
  readonly beside?: string
  /** Faults from the start, by the beginning of the path. */
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
  /** Publishes a file of one's own; it comes before one of the same name upstream. */
  add(filename: string, content: Uint8Array): void
  close(): Promise<void>
}

/**
 * Starts a pull-through package index on loopback (PEP 503/691) for uv and pip. A file's address depends on its
 * content alone (`/files/<digest>/<filename>`), so a lock file made against one port and one upstream fits them all.
 * Throws a UserError when no upstream is known, and Node's EADDRINUSE when the port is taken.
 */
export async function startPackageIndex(options: PackageIndexOptions = {}): Promise<PackageIndex> {
  await followMachineNetwork()
  const address = options.upstream ?? (await findUpstream())
  const upstream = address === 'none' ? undefined : upstreamAt(address)
  const beside = options.beside === undefined ? undefined : upstreamAt(options.beside)
  const folder = options.cacheDirectory ?? (await mkdtemp(join(tmpdir(), 'package-index-')))
  const shelf = { upstream, catalogue: new Catalogue(upstream, beside), store: new FileStore(folder) }
  const faults = new Map(Object.entries(options.faults ?? {}))
  const requests: IndexRequest[] = []
  const discard = async () => {
    if (!options.cacheDirectory) await rm(folder, { recursive: true, force: true })
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://index').pathname
    requests.push({ method: request.method ?? 'GET', path, range: request.headers.range })
    const broken = [...faults].find(([prefix]) => path.startsWith(prefix))
    if (broken) return play(broken[1], response)
    answer(path, request, response, shelf).catch(error => refuse(error, address, response))
  })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
    })
  } catch (error) {
    await discard()
    throw error
  }
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/simple/`,
    origin,
    requests,
    setFault: (path, fault) => void (fault ? faults.set(path, fault) : faults.delete(path)),
    add: (filename, content) => shelf.catalogue.add(filename, shelf.store.put(content), content.byteLength),
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await discard()
    },
  }
}
