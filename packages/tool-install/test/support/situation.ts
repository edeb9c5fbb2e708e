import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Surroundings } from '../../src/order.ts'
import { detectPlatform, type Platform } from '../../src/platform.ts'
import type { UvRequest } from '../../src/request.ts'

const folders: string[] = []

/** A fresh folder, with a blank and umlauts in its name; removed by {@link removeFolders}. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'uv für alle '))
  folders.push(made)
  return made
}

export function removeFolders(): void {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
}

export const linux: Platform = detectPlatform({
  platform: 'linux',
  arch: 'x64',
  report: { header: { glibcVersionRuntime: '2.39' } },
})
export const windows: Platform = detectPlatform({ platform: 'win32', arch: 'x64', report: {} })

/** A runner with an empty tool cache, nothing on PATH, no pip configuration and patient time-outs. */
export function runner(
  env: NodeJS.ProcessEnv = {},
  changes: Partial<Surroundings> = {},
): Surroundings & { readonly cache: string } {
  const cache = folder()
  return {
    env: { RUNNER_TOOL_CACHE: cache, PATH: '', PIP_CONFIG_FILE: '/dev/null', ...env },
    platform: linux,
    limits: { connectMs: 10_000, stallMs: 10_000 },
    manifestHost: 'http://127.0.0.1:9',
    cache,
    ...changes,
  }
}

export function request(changes: Partial<UvRequest> = {}): UvRequest {
  return {
    specifier: '0.12.5',
    reason: 'input uv-version',
    verify: 'known',
    sources: ['path', 'tool-cache', 'mirror', 'github', 'pypi'],
    ...changes,
  }
}

/** The message that a promise is rejected with, each time in it as `N s`: how long a failure takes is the machine's affair. */
export async function refusal(outcome: Promise<unknown>): Promise<string> {
  const message = await outcome.then(
    () => 'it was not refused',
    (error: Error) => error.message,
  )
  return message.replace(/, \d+\.\d s\)/g, ', N s)')
}

export const ARCHIVE = 'uv-x86_64-unknown-linux-gnu.tar.gz'
export const mirrorPath = (version: string, name = ARCHIVE) =>
  `/github/uv/releases/download/${version}/${name}`
export const githubPath = (version: string, name = ARCHIVE) =>
  `/astral-sh/uv/releases/download/${version}/${name}`
export const WHEEL = 'uv-0.12.5-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'
