import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'

/** One tool's place in a cache of the runner, in @actions/tool-cache's layout. */
export interface Slot {
  readonly directory: string
  /** The program that the directory has to hold. */
  readonly program: string
  /** An empty file next to the directory; without it the directory counts as unfinished. */
  readonly marker: string
}

/** How long another installer may take between its directory and its marker, in ms. */
const MARKER_GRACE = 1000
/** An installer that started longer ago than this is dead and its directory litter; in ms. */
const STALE = 60 * 60 * 1000

/**
 * Where a version of a tool may stand, best first: the runner's tool cache, then the job's temp folder, for containers whose
 * user may not write to the former. Throws a UserError when neither variable is set.
 */
export function slots(
  env: NodeJS.ProcessEnv,
  version: string,
  arch: string,
  program: string,
  tool = 'uv',
): Slot[] {
  const roots = [env.RUNNER_TOOL_CACHE, env.RUNNER_TEMP && join(env.RUNNER_TEMP, 'tool-cache')]
  const found = roots.flatMap(root => {
    if (!root) return []
    const directory = join(root, tool, version, arch)
    return [{ directory, program: join(directory, program), marker: `${directory}.complete` }]
  })
  if (found.length > 0) return found
  throw new UserError(
    `There is no place to install ${tool} to: neither RUNNER_TOOL_CACHE nor RUNNER_TEMP is set. Set one to a folder that can be written to.`,
  )
}

/** Whether the slot holds a finished installation. */
export function isComplete({ program, marker }: Slot): boolean {
  return existsSync(marker) && existsSync(program)
}

/**
 * Lets `fill` put the tool into a directory next to the first slot that can be written to, then gives it its final name
 * and only then the marker, so that a killed run leaves nothing that counts as complete. Of two installers at a time the
 * first wins; both hold the same verified files. What `fill` throws is thrown after its directory is gone.
 */
export async function publish<T>(
  candidates: readonly Slot[],
  fill: (directory: string) => Promise<T>,
): Promise<{ readonly slot: Slot; readonly result: T }> {
  const { slot, staging } = await stage(candidates)
  try {
    await removeLitter(slot)
    const result = await fill(staging)
    await settle(staging, slot)
    return { slot, result }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Takes a slot's marker away, then the slot, so that it does not count any more; false where that is not allowed. */
export async function discard(slot: Slot): Promise<boolean> {
  try {
    await rm(slot.marker, { force: true })
    await setAside(slot)
    return true
  } catch {
    return false
  }
}

async function stage([slot, ...others]: readonly Slot[]): Promise<{ slot: Slot; staging: string }> {
  if (!slot) throw new Error('publish() was given no slot')
  const staging = temporary(slot)
  try {
    await mkdir(dirname(staging), { recursive: true })
    await mkdir(staging)
    return { slot, staging }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (others.length > 0 && ['EACCES', 'EPERM', 'EROFS'].includes(code)) return stage(others)
    throw error
  }
}

async function settle(staging: string, slot: Slot): Promise<void> {
  for (;;) {
    if (isComplete(slot)) return
    const age = await ageOf(slot.directory)
    if (age === undefined && (await isRenamed(staging, slot.directory))) break
    // Left by an installer that died, or by another tool that fills its directory in place.
    if (age !== undefined && age > MARKER_GRACE) await setAside(slot)
    else await sleep(20)
  }
  await writeFile(slot.marker, '')
}

/** Time since the directory got its name in ms; undefined when there is none. The size of it, as clocks may differ. */
async function ageOf(directory: string): Promise<number | undefined> {
  const found = await stat(directory).catch(() => undefined)
  return found && Math.abs(Date.now() - found.ctimeMs)
}

/** False when another installer was faster; POSIX says ENOTEMPTY or EEXIST for that, Windows EPERM or EACCES. */
async function isRenamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (existsSync(to)) return false
    throw error
  }
}

async function setAside({ directory }: Slot): Promise<void> {
  const aside = temporary({ directory })
  try {
    await rename(directory, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  await rm(aside, { recursive: true, force: true })
}

const temporary = ({ directory }: Pick<Slot, 'directory'>) =>
  join(dirname(directory), `.${basename(directory)}-${randomBytes(6).toString('hex')}`)

async function removeLitter({ directory }: Slot): Promise<void> {
  const parent = dirname(directory)
  for (const name of await readdir(parent)) {
    if (!/^\..+-[0-9a-f]{12}$/.test(name)) continue
    const path = join(parent, name)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > STALE) await rm(path, { recursive: true, force: true })
  }
}
