import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endRun, isAlive } from './act/processes.ts'

export interface RunFolder {
  /** Marks the processes of this run. */
  readonly id: string
  readonly folder: string
  remove(): Promise<void>
}

/** The mark of a run's services, which end by themselves and after its jobs. */
export function servicesOf(id: string): string {
  return `${id}-services`
}

const PREFIX = 'tokenledger-run-'

/** The run's only place for files, in the system's folder for temporary ones. Clears away what killed runs left. */
export async function newRunFolder(base: string = tmpdir()): Promise<RunFolder> {
  await clearKilledRuns(base)
  const id = randomUUID()
  const folder = await mkdtemp(join(base, PREFIX))
  // Another account may pass through to PostgreSQL's part of it.
  await chmod(folder, 0o711)
  await writeFile(join(folder, 'owner'), `${process.pid} ${id}`, { mode: 0o600 })
  return { id, folder, remove: () => removeFolder(folder) }
}

/** A run that was killed by force could not clean up: the next one ends its processes and removes its files. */
async function clearKilledRuns(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith(PREFIX)) continue
    const owner = await readFile(join(base, name, 'owner'), 'utf8').catch(() => '')
    const [, pid, id] = /^(\d+) ([0-9a-f-]+)$/.exec(owner) ?? []
    if (!pid || !id || isAlive(Number(pid))) continue
    for (const mark of [id, servicesOf(id)]) await endRun(mark, undefined)
    await removeFolder(join(base, name))
  }
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}
