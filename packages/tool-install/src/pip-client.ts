import { readdir } from 'node:fs/promises'
import { type Executed, exec } from '@tokenledger/kit'
import { SourceFailure } from './failures.ts'

/** pip's own defaults (15 s, five retries) would let a dead index hold the job for minutes. */
const IMPATIENT = ['--timeout', '10', '--retries', '1', '--disable-pip-version-check', '--no-input']

/**
 * Has a Python's pip, which knows its default index, download the wheel of a version of uv for its own platform into
 * `directory`. Returns the file name. Throws SourceFailure with pip's last error.
 */
export async function downloadByPip(
  python: string,
  version: string,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const only = ['--only-binary', ':all:', '--no-deps', '--no-cache-dir', '-d', directory]
  await pip(python, ['download', ...only, ...IMPATIENT, `uv==${version}`], env)
  const wheel = (await readdir(directory)).find(name => name.endsWith('.whl'))
  if (!wheel) throw new SourceFailure('pip left no wheel')
  return wheel
}

/** All versions of uv on the index that a Python's pip uses by default, newest first. */
export async function versionsByPip(python: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { stdout } = await pip(python, ['index', 'versions', 'uv', ...IMPATIENT], env)
  const listed = /^Available versions: (.+)$/m.exec(stdout)?.[1]
  if (!listed) throw new SourceFailure('pip listed no version of uv')
  return listed.split(',').map(version => version.trim())
}

/** The index that a Python's pip uses when none is configured, which only its help tells. */
export async function defaultIndexOfPip(python: string, env: NodeJS.ProcessEnv): Promise<string> {
  // Wide enough that the help does not break the address.
  const { stdout } = await pip(python, ['download', '--help'], { ...env, COLUMNS: '1000' })
  const address = /\(default\s+(https?:[^\s)]+)\)/.exec(stdout)?.[1]
  if (!address) throw new SourceFailure(`pip of ${python} does not name its default index in its help`)
  return address
}

async function pip(python: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Executed> {
  const executed = await exec(python, ['-m', 'pip', ...args], { env: defined(env) }).catch((error: Error) => {
    throw new SourceFailure(`pip did not start: ${error.message}`)
  })
  if (executed.exitCode !== 0) throw new SourceFailure(`pip: ${lastError(executed.stderr)}`)
  return executed
}

/** pip ends with a line of its own that starts with ERROR; a Python without pip with one of the interpreter. */
function lastError(stderr: string): string {
  const lines = stderr.split(/\r?\n/).filter(line => line.trim())
  const error = lines.findLast(line => line.startsWith('ERROR: ')) ?? lines.at(-1) ?? 'no message'
  return error.replace(/^ERROR: /, '').slice(0, 160)
}

function defined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
