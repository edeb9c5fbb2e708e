import { setTimeout as sleep } from 'node:timers/promises'
import { compareWithIndex, type IndexRow, indexDigests } from '@tokenledger/distributions'
import { info, UserError } from '@tokenledger/kit'
import { compareVersions, parseVersion, type Version } from '@tokenledger/versioning'
import type { ReleaseInputs } from './inputs.ts'

/** An index shows what it took only after a while; waits in ms between looks at it. */
const WAITS: readonly number[] = [2000, 4000, 8000, 15_000, 30_000]

export interface IndexCheck {
  readonly version: Version
  readonly mustBeThere: boolean
  readonly waits?: readonly number[]
}

interface IndexFile {
  readonly name: string
  readonly digest: string
  readonly project: string
}

export type OnIndex = ReadonlyMap<string, IndexRow['state']>

/** A wheel or an sdist by its name (PEP 427, PEP 625), with its project and version. */
const DISTRIBUTION = /^(?:([^-]+)-([^-]+)(?:-[^-]+){3,4}\.whl|(.+)-([^-]+)\.(?:tar\.gz|zip))$/

/**
 * Compares the distributions among these files with the package index. One that is there with other bytes ends it, since its
 * name can never be used again; one that is not there does too where it must be, after a while of waiting for it.
 * Throws UserErrors RELEASE_INDEX_DIFFERS, RELEASE_INDEX_ABSENT, RELEASE_INDEX_UNKNOWN and RELEASE_INDEX_NO_ANSWER.
 */
export async function checkIndex(
  digests: ReadonlyMap<string, string>,
  { indexUrl }: Pick<ReleaseInputs, 'indexUrl'>,
  { version, mustBeThere, waits = WAITS }: IndexCheck,
): Promise<OnIndex> {
  const files = [...digests].flatMap(([name, digest]) => {
    const project = projectOf(name, version)
    return project ? [{ name, digest, project }] : []
  })
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

async function onIndex(files: readonly IndexFile[], indexUrl: string): Promise<ReadonlyMap<string, string>> {
  const byProject = [...Map.groupBy(files, ({ project }) => project)]
  const found = await Promise.all(
    byProject.map(([name, own]) =>
      indexDigests({
        name,
        files: own.map(file => file.name),
        ...(indexUrl ? { indexUrl } : {}),
        env: process.env,
      }),
    ),
  )
  return new Map(found.flatMap(digests => [...digests]))
}

/** The project of a distribution of this version; undefined for every other file, which no index takes. */
function projectOf(file: string, version: Version): string | undefined {
  const [, wheel, ofWheel, sdist, ofSdist] = DISTRIBUTION.exec(file) ?? []
  const own = parseVersion(ofWheel ?? ofSdist ?? '')
  return own && compareVersions(own, version) === 0 ? (wheel ?? sdist) : undefined
}
