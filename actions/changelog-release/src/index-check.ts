import { setTimeout as sleep } from 'node:timers/promises'
import { compareWithIndex, indexDiffers, indexDigests } from '@tokenledger/distributions'
import { info, UserError } from '@tokenledger/kit'
import type { ReleaseInputs } from './inputs.ts'

/** An index shows what it took only after a while; waits in ms between looks at it. */
const WAITS: readonly number[] = [2000, 4000, 8000, 15_000, 30_000]

/** Files that an index takes. */
const DISTRIBUTION = /\.(?:whl|tar\.gz|zip)$/

export type OnIndex = ReadonlyMap<string, 'equal' | 'differs' | 'absent'>

/**
 * Compares the distributions among these files with the package index. One that is there with other bytes ends it, since its
 * name can never be used again; one that is not there does too where it must be, after a while of waiting for it.
 */
export async function checkIndex(
  digests: ReadonlyMap<string, string>,
  { indexUrl }: Pick<ReleaseInputs, 'indexUrl'>,
  { mustBeThere, tag, nextTag }: { readonly mustBeThere: boolean; readonly tag: string; readonly nextTag: string },
): Promise<OnIndex> {
  const files = [...digests]
    .filter(([name]) => DISTRIBUTION.test(name))
    .map(([name, digest]) => ({ name, digest }))
  for (let look = 0; ; look++) {
    const there = await onIndex(files, indexUrl)
    const rows = compareWithIndex(files, there)
    const different = rows.find(({ state }) => state === 'differs')
    if (different) throw indexDiffers(different, nextTag)
    const absent = rows.filter(({ state }) => state === 'absent').map(({ name }) => name)
    const states = new Map(rows.map(({ name, state }) => [name, state]))
    if (absent.length === 0 || !mustBeThere) return states
    const wait = WAITS[look]
    if (wait === undefined) {
      throw new UserError(
        `RELEASE_INDEX_LACKS: ${absent.join(', ')} of ${tag} ${absent.length === 1 ? 'is' : 'are'} not on the package index; did its job run? Nothing was published`,
      )
    }
    info(`The package index does not show ${absent.join(', ')} yet; looking again in ${wait / 1000} s.`)
    await sleep(wait)
  }
}

async function onIndex(
  files: readonly { readonly name: string }[],
  indexUrl: string,
): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>()
  for (const name of new Set(files.map(file => projectOf(file.name)))) {
    const found = await indexDigests({ name, ...(indexUrl ? { indexUrl } : {}), env: process.env })
    for (const [file, digest] of found) all.set(file, digest)
  }
  return all
}

/** The project of a distribution by its file's name (PEP 427, PEP 625): what stands before the version. */
function projectOf(file: string): string {
  return file.endsWith('.whl') ? (file.split('-')[0] ?? '') : file.replace(/-[^-]+$/, '')
}
