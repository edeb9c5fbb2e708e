import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const VERSION = '0.12.5'
const folder = join(tmpdir(), `tokenledger-test-uv-${VERSION}`)

/** The PATH for a composite's step: uv as the set-up step would have put there, from PyPI once per machine. */
export function pathWithUv(): string {
  if (!existsSync(join(folder, 'bin', 'uv'))) installUv()
  return [join(folder, 'bin'), process.env.PATH].join(delimiter)
}

function installUv(): void {
  // Into a folder of its own and then moved: several test files may come here at once.
  const fresh = mkdtempSync(`${folder}-`)
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', fresh, `uv==${VERSION}`]
  const { status, stderr } = spawnSync('python3', pip, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`uv could not be installed from PyPI for the tests:\n${stderr}`)
  try {
    renameSync(fresh, folder)
  } catch (error) {
    if (!existsSync(join(folder, 'bin', 'uv'))) throw error
  }
}
