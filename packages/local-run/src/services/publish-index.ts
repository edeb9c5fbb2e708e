import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { pinnedPython, startPackageIndex, startPypiServer } from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import type { IndexPage } from '../report/index-page.ts'
import { pointLockAt, wantsLoopbackIndex } from './lock-index.ts'

/** A package index to which jobs publish and from which they install. */
export interface PublishIndex {
  /** `http://127.0.0.1:<port>` of the index that also has what this computer's has. */
  readonly origin: string
  /** What makes pip, uv and the stand-in of pypi-publish use it. */
  readonly environment: Readonly<Record<string, string>>
  /** A project's files as the index serves them. */
  page(project: string): Promise<IndexPage>
}

/**
 * Starts a pypiserver, and beside it the index that also has what this computer's has; both end with `cleanUp`. `ours` is the
 * root of this repository.
 */
export async function startPublishIndex(
  { ours, cache }: { readonly ours: string; readonly cache: string },
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<PublishIndex> {
  const requirements = join(ours, 'actions', 'build-package', 'requirements.txt')
  const tools = { cacheDirectory: join(cache, 'tools'), say }
  const twine = await pinnedPython({ ...tools, name: 'twine', requirements })
  const server = await startPypiServer(tools)
  cleanUp.add(() => server.close())
  const index = await startPackageIndex({ cacheDirectory: join(cache, 'packages'), beside: server.simpleUrl })
  cleanUp.add(() => index.close())
  say(`A package index (pypiserver) listens on ${server.url}; what is published in this run goes there.`)
  return {
    origin: index.origin,
    environment: {
      UV_DEFAULT_INDEX: index.url,
      PIP_INDEX_URL: index.url,
      LOCAL_RUN_TWINE: twine,
      LOCAL_RUN_PUBLISH_INDEX: server.url,
    },
    page: project => pageOf(server.simpleUrl, project),
  }
}

/** What stands on the page of a project, each file measured as it comes. */
async function pageOf(simpleUrl: string, project: string): Promise<IndexPage> {
  const url = `${simpleUrl}${project}/`
  const page = await fetch(url, { headers: { accept: 'text/html' } })
  const html = page.ok ? await page.text() : ''
  const links = [...html.matchAll(/<a [^>]*href="([^"#]+)[^"]*"[^>]*>([^<]+)<\/a>/g)]
  const files = links.map(async ([, href = '', name = '']) => {
    const content = Buffer.from(await (await fetch(new URL(href, url))).arrayBuffer())
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`
    return { name, size: content.byteLength, digest }
  })
  return { project, url, files: await Promise.all(files) }
}

/**
 * The indexes of a run whose jobs publish: one that takes what they publish and ends with the run. uv is only sent there by a lock
 * that wants an index on loopback, since any other lock names its own.
 */
export async function startIndexes(
  place: { readonly ours: string; readonly cache: string; readonly checkout: string },
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<Readonly<Record<string, string>>> {
  const { origin, environment } = await startPublishIndex(place, cleanUp, say)
  const { UV_DEFAULT_INDEX: _, ...withoutUv } = environment
  if (!wantsLoopbackIndex(place.checkout)) return withoutUv
  pointLockAt(place.checkout, origin)
  return environment
}
