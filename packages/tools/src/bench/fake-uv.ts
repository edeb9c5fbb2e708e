import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Loopback, serve, tempDir } from '@tokenledger/testkit'
import { detectPlatform } from '@tokenledger/tool-install'
import { wall } from './wall.ts'

export interface UvMirror extends Loopback {
  readonly version: string
  /** SHA-256 of the archive in hex, for the input uv-checksum. */
  readonly sha256: string
  /** Bytes of the archive. */
  readonly size: number
}

const VERSION = '0.12.5'
const BLOCK = 64 * 1024
const UNPACKED_BLOCKS = 900
/** Of each block; the rest repeats it, which makes 23 MB of 60 MB as with the real archive. */
const RANDOM_SHARE = 0.385

/** The program: `sync` fills UV_CACHE_DIR from BENCH_CACHE when that is set. The shell never reads past `exit`. */
const SCRIPT = `#!/bin/sh
case "$1" in
  --version) echo "uv ${VERSION}" ;;
  sync) if [ -n "$BENCH_CACHE" ] && [ ! -d "$UV_CACHE_DIR/wheels" ]; then
    mkdir -p "$UV_CACHE_DIR" && cp -R "$BENCH_CACHE/wheels" "$UV_CACHE_DIR/"; fi ;;
esac
exit 0
`

/** A mirror on loopback with one archive of uv's size and layout, whose uv is a shell script with padding. */
export async function startUvMirror(): Promise<UvMirror> {
  const name = `uv-${detectPlatform().triple}`
  const folder = tempDir('fake-uv-')
  const archive = join(folder, `${name}.tar.gz`)
  await pack(folder, name, archive)
  const content = readFileSync(archive)
  const address = `/github/uv/releases/download/${VERSION}/${name}.tar.gz`
  const loopback = await serve(({ path }) =>
    path === address
      ? { status: 200, headers: { 'content-type': 'application/gzip' }, body: content }
      : { status: 404 },
  )
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { ...loopback, version: VERSION, sha256, size: content.length }
}

async function pack(folder: string, name: string, archive: string): Promise<void> {
  const block = () => Buffer.alloc(BLOCK, randomBytes(Math.round(BLOCK * RANDOM_SHARE)))
  const script = Buffer.from(SCRIPT)
  const padding = Array.from({ length: UNPACKED_BLOCKS }, block)
  mkdirSync(join(folder, name))
  for (const [program, content] of [
    ['uv', Buffer.concat([script, ...padding])],
    ['uvx', script],
  ] as const) {
    writeFileSync(join(folder, name, program), content, { mode: 0o755 })
  }
  await wall('tar', ['-czf', archive, '-C', folder, name])
}
