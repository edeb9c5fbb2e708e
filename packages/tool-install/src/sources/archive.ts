import { archiveName, githubUrl, mirrorUrl } from '../artifact.ts'
import { archiveDigest, type ExpectedDigest, knownDigests } from '../digests.ts'
import { type Endpoint, headersFor } from '../endpoint.ts'
import { NoDigest } from '../failures.ts'
import { digestIn, findRelease } from '../manifest.ts'
import type { Order } from '../order.ts'
import { honourProxy } from '../proxy.ts'
import { fetchAndUnpack } from '../transfer.ts'
import { type ChosenVersion, manifests } from '../version.ts'
import { type Found, installed } from './found.ts'

/** The release archive from Astral's mirror, or one in its layout. */
export async function fromMirror(order: Order): Promise<Found> {
  const { version } = await order.version()
  return fromArchive(order, mirrorUrl(order.mirror.url, version, order.around.platform), order.mirror)
}

/** The release archive from GitHub; a redirect to its storage drops the token, as fetch does for another origin. */
export async function fromGithub(order: Order): Promise<Found> {
  const { version } = await order.version()
  const { githubToken } = order.request
  const { url } = order.github
  const github = githubToken ? { ...order.github, authorization: `Bearer ${githubToken}` } : order.github
  return fromArchive(order, githubUrl(url, version, order.around.platform), github)
}

async function fromArchive(order: Order, url: string, server: Endpoint): Promise<Found> {
  const chosen = await order.version()
  const expected = await expectedDigest(order, chosen)
  const { platform, limits } = order.around
  return installed(order, chosen, directory =>
    fetchAndUnpack(
      { name: archiveName(platform), url, headers: headersFor(server, url) },
      expected,
      directory,
      limits,
    ),
  )
}

async function expectedDigest(order: Order, { version, release }: ChosenVersion): Promise<ExpectedDigest> {
  const { request, around } = order
  const known = archiveDigest(await knownDigests(), request, version, around.platform)
  if (known) return known
  if (request.verify === 'known') throw new NoDigest()
  const stated = release ?? (await statedRelease(order, version))
  const sha256 = stated && digestIn(stated, around.platform.triple)
  if (!sha256) throw new NoDigest()
  return { sha256, origin: 'manifest' }
}

/** The manifest's line of a version, from the first place that has it; the last place's error when none answers. */
async function statedRelease(order: Order, version: string): ReturnType<typeof findRelease> {
  honourProxy(order.around.env)
  let failure: unknown
  for (const file of manifests(order)) {
    try {
      const release = await findRelease(file, order.around.limits, listed => listed === version)
      if (release) return release
    } catch (error) {
      failure = error
    }
  }
  if (failure) throw failure
  return undefined
}
