import { existsSync } from 'node:fs'
import { mkdir, readdir, readlink, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { exec } from '@tokenledger/kit'

export interface Interpreter {
  /** `3.12.1` */
  readonly version: string
  readonly executable: string
}

const DESCRIBE = `import json, platform, sys
print(json.dumps([platform.python_implementation(), platform.python_version(), sys.version_info.releaselevel, sys.executable, sys.base_prefix == sys.prefix]))`

/**
 * The released CPythons of this computer in ascending order, one per version; looked for on PATH, then in pyenv,
 * a runner's own tool cache and the folder of uv.
 */
export async function findPythons(env: NodeJS.ProcessEnv = process.env): Promise<Interpreter[]> {
  const described = await Promise.all((await candidates(env)).map(describe))
  const byVersion = new Map<string, Interpreter>()
  for (const found of described) {
    if (found && !byVersion.has(found.version)) byVersion.set(found.version, found)
  }
  return [...byVersion.values()].sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
}

async function candidates(env: NodeJS.ProcessEnv): Promise<string[]> {
  const path = (env.PATH ?? '').split(delimiter)
  const roots = [
    ...pyenvRoots(env, path).map(root => join(root, 'versions')),
    '/opt/hostedtoolcache/Python',
    env.UV_PYTHON_INSTALL_DIR ?? join(env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'uv/python'),
  ]
  // pyenv's shims stand for whatever is chosen where they are called; the versions themselves are listed below.
  const onPath = path.filter(directory => !directory.includes('shims'))
  const direct = await Promise.all(onPath.map(pythonsIn))
  const installed = await Promise.all(roots.map(installedUnder))
  return [...new Set([...direct.flat(), ...installed.flat()])]
}

/** Where pyenv keeps its versions: its variable, its default place, and wherever its shims on PATH come from. */
function pyenvRoots(env: NodeJS.ProcessEnv, path: readonly string[]): string[] {
  const fromShims = path.filter(directory => basename(directory) === 'shims').map(dirname)
  return [...new Set([env.PYENV_ROOT ?? join(homedir(), '.pyenv'), ...fromShims])]
}

async function pythonsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => [])
  return names.filter(name => /^python3(\.\d+)?$/.test(name)).map(name => join(directory, name))
}

async function installedUnder(root: string): Promise<string[]> {
  const entries = await readdir(root).catch(() => [])
  const folders = entries.flatMap(entry => [
    join(root, entry),
    join(root, entry, 'x64'),
    join(root, entry, 'arm64'),
  ])
  return (await Promise.all(folders.map(folder => pythonsIn(join(folder, 'bin'))))).flat()
}

async function describe(executable: string): Promise<Interpreter | undefined> {
  try {
    const { stdout, exitCode } = await exec(await realpath(executable), ['-I', '-c', DESCRIBE])
    if (exitCode !== 0) return undefined
    const [implementation, version, level, own, outsideVenv] = JSON.parse(stdout)
    return implementation === 'CPython' && level === 'final' && outsideVenv
      ? { version, executable: own }
      : undefined
  } catch {
    // A broken interpreter is none; the others still count.
    return undefined
  }
}

/**
 * Lays the interpreters out as a hosted runner's tool cache does: `Python/<version>/<arch>/bin/python` beside the
 * file `<arch>.complete`. A link to the executable is enough, since Python looks for its library where the link ends.
 */
export async function fillToolCache(toolCache: string, pythons: readonly Interpreter[]): Promise<void> {
  const architecture = process.arch === 'x64' ? 'x64' : 'arm64'
  await removeDangling(join(toolCache, 'Python'), architecture)
  for (const { version, executable } of pythons) {
    const folder = join(toolCache, 'Python', version)
    const bin = join(folder, architecture, 'bin')
    await mkdir(bin, { recursive: true })
    const minor = version.split('.').slice(0, 2).join('.')
    for (const name of ['python', 'python3', `python${minor}`]) await pointTo(executable, join(bin, name))
    await writeFile(join(folder, `${architecture}.complete`), '')
  }
}

/** Makes or changes a link in one go, as another run may be using it. */
async function pointTo(target: string, link: string): Promise<void> {
  if ((await readlink(link).catch(() => undefined)) === target) return
  const fresh = `${link}.${process.pid}`
  await symlink(target, fresh)
  await rename(fresh, link)
}

/** Forgets interpreters that have been removed since an earlier run. */
async function removeDangling(folder: string, architecture: string): Promise<void> {
  for (const version of await readdir(folder).catch(() => [])) {
    const link = join(folder, version, architecture, 'bin', 'python')
    const target = await readlink(link).catch(() => undefined)
    if (target && !existsSync(target)) await rm(join(folder, version), { recursive: true, force: true })
  }
}
