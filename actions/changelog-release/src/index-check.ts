import { setTimeout as sleep } from 'node:timers/promises'
import { compareWithIndex, type IndexRow, indexDigests } from '@tokenledger/distributions'
import { info, UserError } from '@tokenledger/kit'
import type { ReleaseInputs } from './inputs.ts'

/** An index shows what it took only after a while; waits in ms between looks at it. */
const WAITS: readonly number[] = [2000, 4000, 8000, 15_000, 30_000]

/** Files that an index takes. */
const DISTRIBUTION = /\.(?:whl|tar\.gz|zip)$/

export type OnIndex = ReadonlyMap<string, IndexRow['state']>

/**
 * Compares the distributions among these files with the package index. One that is there with other bytes ends it, since its
 * name can never be used again; one that is not there does too where it must be, after a while of waiting for it.
 * Throws UserErrors RELEASE_INDEX_DIFFERS, RELEASE_INDEX_ABSENT, RELEASE_INDEX_UNKNOWN and RELEASE_INDEX_NO_ANSWER.
 */
export async function checkIndex(
  digests: ReadonlyMap<string, string>,
  { indexUrl }: Pick<ReleaseInputs, 'indexUrl'>,
  { mustBeThere, waits = WAITS }: { readonly mustBeThere: boolean; readonly waits?: readonly number[] },
): Promise<OnIndex> {
  const files = [...digests]
    .filter(([name]) => DISTRIBUTION.test(name))
    .map(([name, digest]) => ({ name, digest }))
  for (let look = 0; ; look++) {
    const rows = compareWithIndex(files, await onIndex(files, indexUrl), { mustBeThere })
    const [problem, ...others] = rows.flatMap(row => row.problem ?? [])
    if (problem === undefined) return new Map(rows.map(({ name, state }) => [name, state]))
    const wait = waits[look]
    const differs = rows.some(({ state }) => state === 'differs')
    if (differs || wait === undefined) throw new UserError([problem, ...others].join('\n'))
    info(`The package index does not show every file yet; looking again in ${wait / 1000} s.`)
    await sleep(wait)
  }
}

async function onIndex(
  files: readonly { readonly name: string }[],
  indexUrl: string,
): Promise<ReadonlyMap<string, string>> {
  const projects = [...new Set(files.map(({ name }) => projectOf(name)))]
  const found = await Promise.all(
    projects.map(name => indexDigests({ name, ...(indexUrl ? { indexUrl } : {}), env: process.env })),
  )
  return new Map(found.flatMap(digests => [...digests]))
}

/** The project of a distribution by its file's name (PEP 427, PEP 625): what stands before the version. */
function projectOf(file: string): string {
  return file.endsWith('.whl') ? (file.split('-')[0] ?? '') : file.replace(/-[^-]+$/, '')
}
