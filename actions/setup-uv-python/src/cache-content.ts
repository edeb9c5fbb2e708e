import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CacheContent } from './inputs.ts'

/** Above this an entry costs more to restore than its wheels cost to download; about 256 MiB compressed. */
export const LIMIT_BYTES = 800_000_000

export interface ContentChoice {
  readonly content: 'all' | 'built' | 'venv'
  readonly reason: string
}

/** What to keep of a uv cache of so many bytes (uncompressed); `built` drops what can be downloaded again. */
export function chooseContent(content: CacheContent, bytes: number): ContentChoice {
  if (content !== 'auto') return { content, reason: `cache-content is "${content}"` }
  const size = `${Math.round(bytes / 1e6)} MB`
  const limit = `${LIMIT_BYTES / 1e6} MB`
  return bytes <= LIMIT_BYTES
    ? { content: 'all', reason: `${size}, at most ${limit}` }
    : { content: 'built', reason: `${size}, more than ${limit}` }
}

/** `uv cache prune` of this version: `--force` came with 0.8.24 and keeps it from waiting for another uv. */
export function pruneArguments(uvVersion: string): string[] {
  const [major = 0, minor = 0, patch = 0] = uvVersion.split('.').map(Number)
  const knowsForce = major > 0 || minor > 8 || (minor === 8 && patch >= 24)
  return ['cache', 'prune', '--ci', ...(knowsForce ? ['--force'] : [])]
}

/** Sum of the file sizes below a directory, in bytes; links are not followed. A missing directory has none. */
export async function directorySize(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const sizes = await Promise.all(
    files.map(async file => (await lstat(file).catch(() => undefined))?.size ?? 0),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
