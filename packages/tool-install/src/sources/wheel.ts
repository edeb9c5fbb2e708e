import { mkdir, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { chooseWheel } from '../artifact.ts'
import { type ExpectedDigest, knownDigests, knowsWheel, wheelDigest } from '../digests.ts'
import { type Endpoint, headersFor } from '../endpoint.ts'
import { NoDigest, SourceFailure } from '../failures.ts'
import type { Order } from '../order.ts'
import { downloadByPip } from '../pip-client.ts'
import { honourProxy } from '../proxy.ts'
import { projectFiles } from '../simple-index.ts'
import { fetchAndUnpack, unpackLocal } from '../transfer.ts'
import type { ChosenVersion } from '../version.ts'
import { type Found, installed } from './found.ts'

/** uv's wheel from the configured package index, or through a Python's pip from the index that pip uses by default. */
export async function fromIndex(order: Order): Promise<Found> {
  const { request, around } = order
  const chosen = await order.version()
  const isKnown = knowsWheel(await knownDigests(), request, chosen.version, around.platform)
  if (!isKnown && request.verify === 'known') throw new NoDigest()
  const index = await order.index()
  if (index) return fromConfigured(order, chosen, index)
  if (request.python) return throughPip(order, chosen, request.python)
  throw new SourceFailure('no index is configured and no Python to ask for its own')
}

async function fromConfigured(order: Order, chosen: ChosenVersion, index: Endpoint): Promise<Found> {
  const { request, around } = order
  honourProxy(around.env)
  const files = await projectFiles(index, 'uv', around.limits)
  const wheel = chooseWheel(files, chosen.version, around.platform)
  if (!wheel) throw new SourceFailure(`no wheel of uv ${chosen.version} for ${around.platform.triple}`)
  const expected = (await digestOf(order, chosen, wheel.filename)) ?? stated(request.verify, wheel.sha256)
  if (!expected) throw new NoDigest()
  const file = { name: wheel.filename, url: wheel.url, headers: headersFor(index, wheel.url) }
  return installed(order, chosen, directory => fetchAndUnpack(file, expected, directory, around.limits))
}

async function throughPip(order: Order, chosen: ChosenVersion, python: string): Promise<Found> {
  return installed(order, chosen, async directory => {
    const downloads = join(directory, 'pip')
    await mkdir(downloads)
    const name = await downloadByPip(python, chosen.version, downloads, order.around.env)
    if (!chooseWheel([{ filename: name }], chosen.version, order.around.platform)) {
      throw new SourceFailure(`pip chose ${name}, which is not for ${order.around.platform.triple}`)
    }
    const expected = await digestOf(order, chosen, name)
    // Under `manifest` the index's own hash is enough, and pip has compared that.
    if (!expected && order.request.verify === 'known') throw new NoDigest()
    const path = join(downloads, name)
    const { size } = await stat(path)
    await unpackLocal(path, name, 'PyPI (by pip)', expected, directory)
    await rmdir(downloads)
    return size
  })
}

async function digestOf(
  order: Order,
  { version }: ChosenVersion,
  filename: string,
): Promise<ExpectedDigest | undefined> {
  return wheelDigest(await knownDigests(), order.request, version, filename)
}

function stated(verify: 'known' | 'manifest', sha256: string | undefined): ExpectedDigest | undefined {
  return verify === 'manifest' && sha256 ? { sha256, origin: 'index' } : undefined
}
