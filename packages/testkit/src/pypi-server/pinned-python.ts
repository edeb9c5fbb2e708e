import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exec, lastLines, UserError } from '@tokenledger/kit'

export interface PinnedPython {
  /** What it is for, such as `twine`; names its folder too. */
  readonly name: string
  /** A requirements file that pins everything by hashes. */
  readonly requirements: string
  /** The environment stays here, for every later run with the same file and the same Python. */
  readonly cacheDirectory: string
  /** Gets one line when the environment has to be made. */
  readonly say?: (line: string) => void
}

/** The Python of a virtual environment with pinned packages, made once. A UserError when pip cannot get them. */
export async function pinnedPython(wanted: PinnedPython): Promise<string> {
  const { name, requirements, cacheDirectory, say } = wanted
  const { stdout: version } = await exec('python3', ['-c', 'import sys; print(sys.version, sys.executable)'])
  const key = createHash('sha256')
    .update(await readFile(requirements))
    .update(version)
  const folder = join(cacheDirectory, `${name}-${key.digest('hex').slice(0, 16)}`)
  if (existsSync(folder)) return pythonOf(folder)
  say?.(`Installing ${name} from PyPI (once) ...`)
  await mkdir(cacheDirectory, { recursive: true })
  // Into a folder of its own and then moved: another run may be at it too, and this one may be killed.
  const fresh = await mkdtemp(`${folder}-`)
  try {
    await install(fresh, wanted)
    await rename(fresh, folder)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return pythonOf(folder)
}

async function install(folder: string, wanted: PinnedPython): Promise<void> {
  await python(['-m', 'venv', '--without-pip', folder], wanted)
  const locked = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '--no-input', '--quiet']
  const into = ['-m', 'pip', '--python', pythonOf(folder), 'install']
  await python([...into, ...locked, '--requirement', wanted.requirements], wanted)
}

async function python(args: readonly string[], { name }: PinnedPython): Promise<void> {
  const { exitCode, stderr } = await exec('python3', args)
  if (exitCode === 0) return
  throw new UserError(
    `${name} could not be installed. Check your network, or set PIP_INDEX_URL to an index that you can reach. Python says:\n${lastLines(stderr, 6)}`,
  )
}

function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python')
}
