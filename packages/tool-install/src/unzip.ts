import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { MOST_UNPACKED, RefusedArchive, refuseLink, targetName, UV_PROGRAMS } from './archive-entry.ts'
import { unpackEntry, withZipFile } from './zip-file.ts'

/**
 * Unpacks uv's programs from a zip file (a Windows release archive or a wheel) into `directory`, flat and executable, and
 * returns their names. Throws RefusedArchive for links, names that leave the directory and damage.
 */
export function unzip(path: string, directory: string): Promise<string[]> {
  return withZipFile(path, async zip => {
    const names: string[] = []
    const total = zip.entries.reduce((sum, { size }) => sum + size, 0)
    if (total > MOST_UNPACKED) throw new RefusedArchive(`it unpacks to more than ${MOST_UNPACKED} bytes`)
    for (const entry of zip.entries) {
      const target = targetName(entry.name, UV_PROGRAMS)
      if (entry.isLink) refuseLink(entry.name)
      if (!target) continue
      const path = join(directory, target)
      await unpackEntry(zip, entry, () => createWriteStream(path, { flags: 'wx', mode: 0o755 }))
      names.push(target)
    }
    return names
  })
}
