import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { MOST_UNPACKED, RefusedArchive, refuseLink, targetName } from './archive-entry.ts'
import { tarEntries } from './tar-file.ts'

/**
 * Unpacks the programs of these names from a tar stream into `directory` (flat, executable) as the bytes come, and returns
 * the names found. Reads to the end of the stream. Throws RefusedArchive for links, devices, names that leave the directory and damage.
 */
export async function untar(
  source: AsyncIterable<Uint8Array>,
  directory: string,
  programs: ReadonlySet<string>,
): Promise<string[]> {
  const names: string[] = []
  for await (const { name, type, content } of tarEntries(source, MOST_UNPACKED)) {
    const target = wanted(name, type, programs)
    if (!target) continue
    await write(join(directory, target), content)
    names.push(target)
  }
  return names
}

function wanted(name: string, type: string, programs: ReadonlySet<string>): string | undefined {
  if ('xgLK'.includes(type)) return undefined
  const target = targetName(name, programs)
  if (type === '0') return target
  if (type === '5') return undefined
  if (type === '1' || type === '2') return refuseLink(name)
  throw new RefusedArchive(`its entry "${name}" is neither a file nor a directory`)
}

async function write(path: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, 'wx', 0o755)
  try {
    for await (const chunk of chunks) await file.writeFile(chunk)
  } finally {
    await file.close()
  }
}
