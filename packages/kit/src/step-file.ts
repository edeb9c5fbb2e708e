import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Writes a file for later steps into RUNNER_TEMP and returns its path. `owner` is the action's name; steps of one job do not
 * overwrite each other's.
 */
export function writeStepFile(owner: string, name: string, text: string): string {
  const folder = join(process.env.RUNNER_TEMP || tmpdir(), `${owner}-${process.pid}-${Date.now()}`)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
