import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'

/** Runs one of this folder's scripts with coverage.py and gives the JSON that it printed. */
export function askCoveragePy<T>(script: string, ...args: readonly string[]): T {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const python = pythonWith('coverage==7.17.3')
  const printed = execFileSync(python, [path, ...args], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  return JSON.parse(printed) as T
}
