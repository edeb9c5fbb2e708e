import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinnedPython } from '@tokenledger/testkit'

/** Where pypiserver and twine stay between test files and runs. */
export const PYPI_CACHE = join(tmpdir(), 'tokenledger-test-pypi')

const REQUIREMENTS = join(import.meta.dirname, '../../../../actions/build-package/requirements.txt')

export interface Upload {
  /** Where to. */
  readonly url: string
  readonly token?: string
}

/** Uploads all files of a folder by the twine that `build-package` uses; gives its exit code and all that it printed. */
export async function uploadByTwine(
  folder: string,
  { url, token = 'none' }: Upload,
): Promise<{ exitCode: number; output: string }> {
  const python = await pinnedPython({
    name: 'twine',
    requirements: REQUIREMENTS,
    cacheDirectory: PYPI_CACHE,
  })
  const files = builtFiles(folder).map(name => join(folder, name))
  const options = ['--repository-url', url, '--disable-progress-bar']
  const login = {
    TWINE_USERNAME: '__token__',
    TWINE_PASSWORD: token,
    TWINE_NON_INTERACTIVE: '1',
    COLUMNS: '200',
  }
  const env = { ...process.env, ...login }
  return new Promise(resolve => {
    execFile(
      python,
      ['-I', '-m', 'twine', 'upload', ...options, ...files],
      { env },
      (error, stdout, stderr) => {
        resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr })
      },
    )
  })
}

/** Names of the distributions in a folder, sorted. */
export function builtFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => /\.(whl|tar\.gz)$/.test(name))
    .sort()
}
