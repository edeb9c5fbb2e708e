import { type CodecovFault, ruleOf } from './codecov-server/faults.ts'
import { route } from './codecov-server/routes.ts'
import { STORAGE_PATH, storage } from './codecov-server/storage.ts'
import {
  type CodecovCommit,
  type CodecovSettings,
  type CodecovTokens,
  type CodecovUpload,
  newWorld,
} from './codecov-server/world.ts'
import { json, type Loopback, serve } from './loopback/server.ts'

export type CodecovOptions = Partial<CodecovSettings> & { readonly port?: number }

export interface Codecov extends Loopback {
  readonly tokens: CodecovTokens
  readonly commits: ReadonlyMap<string, CodecovCommit>
  /** In order of their POST; one without a payload was announced and never sent. */
  readonly uploads: readonly CodecovUpload[]
  /** From now on this goes wrong; the function that comes back ends it. */
  fail(fault: CodecovFault): () => void
}

const DEFAULTS: CodecovSettings = {
  slug: 'acme/consumer',
  service: 'github',
  isPrivate: false,
  tokenRequired: true,
  isDeactivated: false,
  tokens: {
    repository: '7f3c1c1e-0a5b-4d0e-9a53-6f1d2b8c4e01',
    organisation: '7f3c1c1e-0a5b-4d0e-9a53-6f1d2b8c4e02',
    global: 'global-upload-token-of-the-installation',
    otherRepository: '7f3c1c1e-0a5b-4d0e-9a53-6f1d2b8c4e03',
  },
  audiences: ['https://codecov.io'],
  issuers: { 'https://token.actions.githubusercontent.com': 'github' },
  // codecov-api signs for ten seconds unless its installation says otherwise.
  presignedMs: 10_000,
}

/**
 * Codecov on loopback: the upload API, its ways to sign in, and the storage behind it. It knows one repository. `port` 0 or
 * none takes a free port.
 */
export async function startCodecov({ port = 0, ...options }: CodecovOptions = {}): Promise<Codecov> {
  const world = newWorld({ ...DEFAULTS, ...options })
  const files = storage(world)
  const hanging: RegExp[] = []
  const loopback = await serve(incoming => {
    // Never answered; closing the server ends the connection.
    if (hanging.some(pattern => pattern.test(incoming.path))) return new Promise(() => undefined)
    const [, id] = STORAGE_PATH.exec(incoming.path) ?? []
    if (!id) return route(world, files, incoming)
    return incoming.method === 'PUT' ? files.put(id, incoming) : json(405, { detail: 'PUT only' })
  }, port)
  world.url = loopback.url
  return {
    ...loopback,
    tokens: world.settings.tokens,
    commits: world.commits,
    uploads: world.uploads,
    fail(fault) {
      if (fault !== 'hang' && fault !== 'put-hang') return loopback.fault(ruleOf(fault))
      const pattern = fault === 'hang' ? /^\/upload\// : /^\/storage\//
      hanging.push(pattern)
      return () => void hanging.splice(hanging.indexOf(pattern), 1)
    },
  }
}
