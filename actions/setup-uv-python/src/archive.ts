import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Compression } from './cache-service.ts'

/**
 * Unpacks a compressed tar stream into paths relative to `directory`. Decompression happens in this process, so a
 * container needs no zstd program. Throws what broke first: the stream, the compression, or tar with its own words.
 */
export async function extract(body: Readable, compression: Compression, directory: string): Promise<void> {
  const tar = spawn(
    tarProgram(process.platform, process.env.SystemRoot),
    ['-xf', '-', '-P', '-C', directory],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
    },
  )
  const decompress = compression === 'gzip' ? createGunzip() : createZstdDecompress()
  const exited = exitOf(tar)
  // A failed start must not count as unhandled while the pipeline below is still running.
  exited.catch(() => {})
  try {
    await pipeline(body, decompress, tar.stdin)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    // tar closed its end: what it says is the reason.
    if (code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') await exited
    tar.kill()
    await exited.catch(() => {})
    throw error
  }
  await exited
}

/** Windows has a bsdtar of its own; the GNU tar of Git that may come first on PATH takes `D:` for a host. */
export function tarProgram(platform: NodeJS.Platform, systemRoot: string | undefined): string {
  return platform === 'win32' ? `${systemRoot ?? 'C:\\Windows'}\\System32\\tar.exe` : 'tar'
}

function exitOf(tar: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    tar.stderr?.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-500)
    })
    tar.on('error', error => reject(new Error(`tar could not be started: ${error.message}`)))
    tar.on('close', code =>
      code === 0 ? resolve() : reject(new Error(`tar ended with ${code}: ${said.trim().split('\n').at(-1)}`)),
    )
  })
}
