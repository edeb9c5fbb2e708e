import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { tempDir } from '@tokenledger/testkit'
import { pathWithUv } from '../../../../action-tests/contracts/uv.ts'

/** A new virtual environment with these packages of PyPI, through uv's cache; returns its Python. */
export function pythonWith(...packages: readonly string[]): string {
  const env = { ...process.env, PATH: pathWithUv(), VIRTUAL_ENV: '' }
  const venv = join(tempDir('venv-'), '.venv')
  const python = join(venv, 'bin', 'python')
  execFileSync('uv', ['venv', '--quiet', '--python', '3.11', venv], { env })
  execFileSync('uv', ['pip', 'install', '--quiet', '--compile-bytecode', '--python', python, ...packages], {
    env,
  })
  return python
}

export const ALEMBIC = ['alembic==1.20.1', 'sqlalchemy==2.0.58'] as const
