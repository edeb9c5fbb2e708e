import { UserError } from '@tokenledger/kit'
import { asDigest } from './digest.ts'

/**
 * Reads what a build has made: a JSON object of file name to SHA-256, as hex or `sha256:<hex>`. Gives `sha256:<hex>` by name.
 * A UserError for anything else, and for an object without files, which would let every release pass.
 */
export function readExpectedDigests(json: string): Map<string, string> {
  const digests = new Map<string, string>()
  for (const [name, value] of Object.entries(parseObject(json))) {
    const digest = typeof value === 'string' ? asDigest(value.trim()) : undefined
    if (!digest) throw nonsense(`has no SHA-256 for "${name}"`)
    if (/[\\/]/.test(name)) throw nonsense(`names "${name}", a path`)
    digests.set(name, digest)
  }
  if (digests.size === 0) throw nonsense('names no file')
  return digests
}

/** What lacks among `files` and what has another digest than the build made; one sentence each, none when all is as built. */
export function compareExpected(
  files: ReadonlyArray<{ readonly name: string; readonly digest: string }>,
  expected: ReadonlyMap<string, string>,
): string[] {
  const found = new Map(files.map(({ name, digest }) => [name, digest]))
  return [...expected].flatMap(([name, digest]) => {
    const own = found.get(name)
    if (own === digest) return []
    const remedy = 'download the artifact of the build of this run'
    return own === undefined
      ? [
          `RELEASE_NOT_AS_BUILT: the build made ${name}, which is not among the files of the release; ${remedy}`,
        ]
      : [`RELEASE_NOT_AS_BUILT: ${name} is ${own}, the build made ${digest}; ${remedy}`]
  })
}

function parseObject(json: string): object {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (error) {
    throw nonsense(`is not JSON (${(error as Error).message})`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw nonsense('is no object')
  return parsed
}

function nonsense(why: string): UserError {
  return new UserError(
    `RELEASE_EXPECTED_DIGESTS: expected-digests ${why}; give an object such as {"tokenledger-1.2.3.tar.gz": "sha256:<64 hex digits>"}`,
  )
}
