import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf, UserError } from '@tokenledger/kit'
import { digestOf, type EngineFiles, engineFiles } from './engine-files.ts'

export interface EnginePlace {
  /** Of the package that this program is a part of. */
  readonly root: string
  readonly version: string
  readonly nodeMajor: number
  /** Folder that holds a copy for each version in use. */
  readonly folder: string
}

const UNFINISHED = '.part'
const HOUR_MS = 60 * 60 * 1000
const MONTH_MS = 30 * 24 * HOUR_MS

/**
 * The folder of a copy of the package that is ready to run: its own name holds version and digest, so it is made once. A copy is
 * made and installed under a name of its own and then renamed: one that is killed leaves nothing that another would take for whole, and
 * of two at once the second finds the first's. A UserError where it cannot be made.
 */
export async function engineHome(
  { root, version, nodeMajor, folder }: EnginePlace,
  install: (home: string) => Promise<number>,
): Promise<string> {
  const files = engineFiles(root, nodeMajor)
  const home = join(folder, `${version}-${digestOf(files).slice(0, 16)}`)
  removeOld(folder)
  if (!existsSync(home)) await make(home, files, install)
  // The age of a copy is the time since it was last used.
  const now = new Date()
  utimesSync(home, now, now)
  return home
}

async function make(
  home: string,
  files: EngineFiles,
  install: (home: string) => Promise<number>,
): Promise<void> {
  const part = `${home}.${process.pid}-${Date.now()}${UNFINISHED}`
  try {
    writeFiles(part, files)
    if ((await install(part)) !== 0)
      throw new UserError(
        'run could not install what it needs; why stands above. Mend it, and run this again.',
      )
    moveInPlace(part, home)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      `run could not put what it needs to ${home}: ${messageOf(error)}. Make room there, or set XDG_CACHE_HOME to a folder that you can write to.`,
    )
  } finally {
    rmSync(part, { recursive: true, force: true, maxRetries: 3 })
  }
}

function writeFiles(folder: string, files: EngineFiles): void {
  for (const [path, content] of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

function moveInPlace(part: string, home: string): void {
  try {
    renameSync(part, home)
  } catch (error) {
    // Another run was quicker; what it has made is the same.
    if (!existsSync(home)) throw error
  }
}

/** Copies that were not used for a month, and what a killed run has left. One that cannot be removed is in nobody's way. */
function removeOld(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age < (name.endsWith(UNFINISHED) ? HOUR_MS : MONTH_MS)) continue
    try {
      rmSync(path, { recursive: true, force: true })
    } catch {}
  }
}
