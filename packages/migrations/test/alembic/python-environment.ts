import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tempDir } from '@tokenledger/testkit'
import { pathWithUv } from '../../../../action-tests/contracts/uv.ts'

export const ALEMBIC = ['alembic==1.20.1', 'sqlalchemy==2.0.58'] as const

/** The Python of a virtual environment with these packages of PyPI, made once per machine. */
export function pythonWith(...packages: readonly string[]): string {
  const key = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12)
  const folder = join(tmpdir(), `tokenledger-test-python-${key}`)
  if (existsSync(folder)) return pythonOf(folder)
  // Into a folder of its own and then moved: several test files may come here at once.
  const fresh = mkdtempSync(`${folder}-`)
  install(fresh, packages)
  try {
    renameSync(fresh, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
  return pythonOf(folder)
}

/** The same for a checkout, whose code is imported from where it is; gone after the test file. */
export function pythonWithCheckout(requirement: string): string {
  const folder = join(tempDir('venv-'), '.venv')
  install(folder, ['--editable', requirement])
  return pythonOf(folder)
}

function install(folder: string, packages: readonly string[]): void {
  const env = { ...process.env, PATH: pathWithUv(), VIRTUAL_ENV: '' }
  execFileSync('uv', ['venv', '--quiet', '--clear', '--relocatable', '--python', '3.11', folder], { env })
  execFileSync('uv', ['pip', 'install', '--quiet', '--python', pythonOf(folder), ...packages], { env })
}

function pythonOf(folder: string): string {
  return join(folder, 'bin', 'python')
}
