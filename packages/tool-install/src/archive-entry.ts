/** An archive that is damaged or that holds what no release of a tool holds. */
export class RefusedArchive extends Error {
  override readonly name = 'RefusedArchive'
}

/** Most bytes that an archive may unpack to; uv is at about 60 MB. Unpacking starts before the digest is known. */
export const MOST_UNPACKED = 512 * 1024 * 1024

/** What is taken out of an archive of uv. */
export const UV_PROGRAMS: ReadonlySet<string> = new Set(['uv', 'uvx', 'uv.exe', 'uvx.exe', 'uvw.exe'])

/**
 * The file name that an entry gets in the tool's directory: one of the `wanted` its own, whatever folder it is in; undefined
 * for the rest. Throws RefusedArchive for a name that leaves the archive's directory, wanted or not.
 */
export function targetName(entry: string, wanted: ReadonlySet<string>): string | undefined {
  const parts = entry.split(/[\\/]/)
  if (/^[\\/]|^[A-Za-z]:|\0/.test(entry) || parts.includes('..')) {
    throw new RefusedArchive(`its entry "${entry}" leaves the archive's directory`)
  }
  const name = parts.at(-1) ?? ''
  return wanted.has(name) ? name : undefined
}

export function refuseLink(entry: string): never {
  throw new RefusedArchive(`its entry "${entry}" is a link`)
}
