import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { startPackageIndex } from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import type { IndexPage } from '../report/index-page.ts'
import { findTwine } from '../tools/twine.ts'

/** A package index to which jobs publish and from which they install. */
export interface PublishIndex {
  /** `http://127.0.0.1:<port>` of the index that also has what this computer's has. */
  readonly origin: string
  /** What makes pip, uv and the stand-in of pypi-publish use it. */
  readonly environment: Readonly<Record<string, string>>
  /** Folder of the published files. */
  readonly packages: string
  /** A project's files as the index serves them. */
  page(project: string): Promise<IndexPage>
}

export interface PublishIndexOptions {
  /** Root of this repository. */
  readonly ours: string
  readonly cache: string
  /** A new folder for the files. */
  readonly folder: string
}

/** Starts the index; it ends with `cleanUp`. */
export async function startPublishIndex(
  { ours, cache, folder }: PublishIndexOptions,
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<PublishIndex> {
  const twine = await findTwine(join(ours, 'actions', 'build-package', 'requirements.txt'), cache, say)
  const server = { url: 'http://127.0.0.1:1/', simpleUrl: 'http://127.0.0.1:1/simple/' }
  const index = await startPackageIndex({ cacheDirectory: join(cache, 'packages') })
  cleanUp.add(() => index.close())
  return {
    origin: index.origin,
    environment: {
      UV_DEFAULT_INDEX: index.url,
      PIP_INDEX_URL: index.url,
      LOCAL_RUN_TWINE: twine,
      LOCAL_RUN_PUBLISH_INDEX: server.url,
    },
    packages: folder,
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
