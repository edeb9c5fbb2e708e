import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { lastLines, UserError } from '@tokenledger/kit'
import { pinnedPython } from './pypi-server/pinned-python.ts'

export interface PypiServerOptions {
  /** Where pypiserver itself stays between runs. */
  readonly cacheDirectory: string
  /** Password of the user `__token__`, without which nobody uploads; anybody may when absent. Reading is free. */
  readonly token?: string
  /** Gets one line when pypiserver has to be installed. */
  readonly say?: (line: string) => void
}

export interface PypiServer {
  /** Where twine uploads to. */
  readonly url: string
  /** Base of the simple API, HTML with SHA-256 fragments. */
  readonly simpleUrl: string
  /** Names of the files that were uploaded, sorted. */
  files(): Promise<string[]>
  close(): Promise<void>
}

const HERE = join(import.meta.dirname, 'pypi-server')

/**
 * Starts pypiserver, a real package index, on a free port of loopback and without packages. It refuses a file name that it has
 * (HTTP 400 for twine, as PyPI answers), knows no other index, and ends with this process at the latest. A UserError when it
 * cannot be installed or started.
 */
export async function startPypiServer({ token, ...options }: PypiServerOptions): Promise<PypiServer> {
  const requirements = join(HERE, 'requirements.txt')
  const python = await pinnedPython({ ...options, name: 'pypiserver', requirements })
  const folder = await mkdtemp(join(tmpdir(), 'pypi-server-'))
  const packages = join(folder, 'packages')
  await mkdir(packages)
  const passwords = token === undefined ? '.' : join(folder, 'htpasswd')
  if (token !== undefined) await writeFile(passwords, `__token__:{SHA}${sha1(token)}\n`, { mode: 0o600 })
  const child = spawn(python, ['-I', join(HERE, 'serve.py'), packages, passwords])
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill()) await once(child, 'exit')
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const url = `http://127.0.0.1:${await portOf(child)}/`
    return { url, simpleUrl: `${url}simple/`, files: async () => (await readdir(packages)).sort(), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The first line that it prints; it has a socket by then. */
async function portOf(child: ChildProcess): Promise<string> {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', text => {
    said = (said + text).slice(-4000)
  })
  const port = new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error(lastLines(said, 6))))
    if (child.stdout) createInterface(child.stdout).once('line', resolve)
  })
  return port.catch((error: Error) => {
    throw new UserError(`pypiserver did not start: ${error.message}`)
  })
}

/** As the htpasswd format writes it (Apache, "Password Formats"); the file is gone with the server. */
function sha1(text: string): string {
  return createHash('sha1').update(text).digest('base64')
}
