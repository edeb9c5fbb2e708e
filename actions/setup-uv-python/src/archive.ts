import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Compression } from './cache-service.ts'

/** Node's default of 16 KiB makes decompression three times slower: each piece is a trip through its thread pool. */
const CHUNK_BYTES = 256 * 1024

/**
 * Unpacks a compressed tar stream into paths relative to `directory`, without a file in between. Throws what broke
 * first: the stream, the compression, or tar with its own words.
 */
export async function extract(body: Readable, compression: Compression, directory: string): Promise<void> {
  if (compression === 'gzip') return inProcess(body, createGunzip({ chunkSize: CHUNK_BYTES }), directory)
  // On Windows a child cannot take over another child's pipe.
  if (process.platform === 'win32') {
    return inProcess(body, createZstdDecompress({ chunkSize: CHUNK_BYTES }), directory)
  }
  return throughZstd(body, directory)
}

/** The program zstd straight into tar: what it unpacks, three times the download, never passes through this process. */
async function throughZstd(body: Readable, directory: string): Promise<void> {
  const zstd = spawn('zstd', ['-dc'], { stdio: ['pipe', 'pipe', 'pipe'] })
  const unpacked = exitOf(zstd, 'zstd')
  // The pipe exists only once zstd runs.
  if (zstd.pid === undefined) return unpacked
  const tar = startTar(directory, zstd.stdout)
  // tar has its own end now; with ours open, zstd would never learn that tar has gone.
  zstd.stdout.destroy()
  const extracted = exitOf(tar, 'tar')
  await feed(body, [], zstd.stdin, [extracted, unpacked], [zstd, tar])
}

async function inProcess(
  body: Readable,
  decompressor: NodeJS.ReadWriteStream,
  directory: string,
): Promise<void> {
  const tar = startTar(directory, 'pipe')
  if (tar.stdin) await feed(body, [decompressor], tar.stdin, [exitOf(tar, 'tar')], [tar])
}

/** Sends the body on and waits for the programs; the first of `exits` that fails is the reason of a broken pipe. */
async function feed(
  body: Readable,
  through: readonly NodeJS.ReadWriteStream[],
  into: Writable,
  exits: readonly Promise<void>[],
  programs: readonly ChildProcess[],
): Promise<void> {
  // A failure must not count as unhandled while the pipeline is still running.
  for (const exit of exits) exit.catch(() => {})
  try {
    await pipeline([body, ...through, into])
  } catch (error) {
    if (!isBrokenPipe(error)) {
      for (const program of programs) program.kill()
      await Promise.allSettled(exits)
      throw error
    }
  }
  // The other end closes with a complaint, or because tar had read the end-of-archive mark and left the padding behind it.
  for (const exit of exits) await exit
}

/** A write that waits when the other end goes is cancelled; one that comes after finds the pipe broken. */
const BROKEN_PIPE = ['EPIPE', 'ECANCELED', 'ERR_STREAM_PREMATURE_CLOSE']

function isBrokenPipe(error: unknown): boolean {
  return BROKEN_PIPE.includes((error as NodeJS.ErrnoException).code ?? '')
}

function startTar(directory: string, input: 'pipe' | Readable): ChildProcess {
  const program = tarProgram(process.platform, process.env.SystemRoot)
  return spawn(program, ['-xf', '-', '-P', '-C', directory], {
    stdio: [input, 'ignore', 'pipe'],
    windowsHide: true,
  })
}

/** Windows has a bsdtar of its own; the GNU tar of Git that may come first on PATH takes `D:` for a host. */
export function tarProgram(platform: NodeJS.Platform, systemRoot: string | undefined): string {
  return platform === 'win32' ? `${systemRoot ?? 'C:\\Windows'}\\System32\\tar.exe` : 'tar'
}

/** How zstd ends when nobody reads its output any more: tar has all that it wants, or fails in its own words. */
const ZSTD_WRITE_ERROR = 70

async function exitOf(program: ChildProcess, name: 'zstd' | 'tar'): Promise<void> {
  let said = ''
  program.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-500)
  })
  const [code, signal] = await once(program, 'close').catch((error: Error) => {
    throw new Error(`${name} could not be started: ${error.message}`)
  })
  const lostReader = name === 'zstd' && (code === ZSTD_WRITE_ERROR || signal === 'SIGPIPE')
  if (code === 0 || lostReader) return
  throw new Error(`${name} ended with ${code ?? signal}: ${said.trim().split('\n').at(-1)}`)
}
