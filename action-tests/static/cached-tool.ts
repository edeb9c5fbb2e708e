import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './tracked-files.ts'

/**
 * Path of a program that is installed once a checkout, below node_modules/.cache. `install` fills an empty directory;
 * it counts only when complete, so that a broken download is repeated by the next run.
 */
export function cachedTool(name: string, program: string, install: (folder: string) => void): string {
  const folder = join(root, 'node_modules', '.cache', 'static-checks', name)
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true })
    const fresh = mkdtempSync(`${folder}-`)
    install(fresh)
    try {
      renameSync(fresh, folder)
    } catch (error) {
      // Another test file was quicker.
      if (!existsSync(join(folder, program))) throw error
    }
  }
  return join(folder, program)
}

/** Runs an installer; its failure is an error with what it printed. */
export function mustRun(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (error || status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`)
}

/** Whether a program can be started here. */
export function isOnPath(program: string): boolean {
  return spawnSync(program, ['version']).error === undefined
}
