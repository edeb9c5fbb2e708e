import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exec, lastLines, UserError } from '@tokenledger/kit'

/**
 * A Python that has twine and what twine needs, by the hashes of `requirements`; made once in `cache`. `say` gets one line when
 * it is. A UserError when pip cannot get it.
 */
export async function findTwine(
  requirements: string,
  cache: string,
  say: (line: string) => void,
): Promise<string> {
  const { stdout: version } = await exec('python3', ['-c', 'import sys; print(sys.version, sys.executable)'])
  const name = createHash('sha256')
    .update(await readFile(requirements))
    .update(version)
    .digest('hex')
    .slice(0, 16)
  const known = join(cache, 'twine', `${name}.txt`)
  const made = await readFile(known, 'utf8').catch(() => '')
  if (made && (await stat(made).catch(() => undefined))?.isFile()) return made
  say('Installing twine, the program that uploads packages, from PyPI (once) ...')
  const python = await install(requirements, join(cache, 'twine'))
  // Another run may be at it too: each has a folder of its own, and one of them becomes known.
  await writeFile(`${known}.${process.pid}`, python)
  await rename(`${known}.${process.pid}`, known)
  return python
}

async function install(requirements: string, parent: string): Promise<string> {
  await mkdir(parent, { recursive: true })
  const home = await mkdtemp(join(parent, 'environment-'))
  const python = join(home, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']))
  try {
    await runPython(['-m', 'venv', '--without-pip', home])
    const locked = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '--no-input', '--quiet']
    await runPython(['-m', 'pip', '--python', python, 'install', ...locked, '--requirement', requirements])
    return python
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error
  }
}

async function runPython(args: readonly string[]): Promise<void> {
  const done = await exec('python3', args)
  if (done.exitCode === 0) return
  throw new UserError(
    `twine could not be installed. Check your network, or set PIP_INDEX_URL to an index that you can reach. Python says:\n${lastLines(done.stderr, 6)}`,
  )
}
