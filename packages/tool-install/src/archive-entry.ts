/** An archive that is damaged or that holds what no release of uv holds. */
export class RefusedArchive extends Error {
  override readonly name = 'RefusedArchive'
}

/** Most bytes that an archive may unpack to; uv is at about 60 MB. Unpacking starts before the digest is known. */
export const MOST_UNPACKED = 512 * 1024 * 1024

const PROGRAMS = new Set(['uv', 'uvx', 'uv.exe', 'uvx.exe', 'uvw.exe'])

/**
 * The file name that an entry gets in the tool's directory: a program of uv its own, whatever folder it is in; undefined
 * for the rest. Throws RefusedArchive for a name that leaves the archive's directory, wanted or not.
 */
export function targetName(entry: string): string | undefined {
  const parts = entry.split(/[\\/]/)
  if (/^[\\/]|^[A-Za-z]:|\0/.test(entry) || parts.includes('..')) {
    throw new RefusedArchive(`its entry "${entry}" leaves the archive's directory`)
  }
  const name = parts.at(-1) ?? ''
  return PROGRAMS.has(name) ? name : undefined
}

export function refuseLink(entry: string): never {
  throw new RefusedArchive(`its entry "${entry}" is a link`)
}
