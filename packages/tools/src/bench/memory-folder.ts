import { existsSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { tempDir } from '@tokenledger/testkit'

const SHARED_MEMORY = '/dev/shm'
const NEEDED_BYTES = 2 * 1024 ** 3

/**
 * Puts the temporary files of a bench into memory where there is room, so that it compares programs and not the state of
 * a disk (the first use of each inode table of a fresh virtual disk takes half a millisecond per file). TMPDIR, when
 * set, stands.
 */
export function useMemoryFolder(env: NodeJS.ProcessEnv = process.env): void {
  if (!env.TMPDIR && freeBytes(SHARED_MEMORY) >= NEEDED_BYTES) {
    env.TMPDIR = SHARED_MEMORY
    console.log('Temporary files in memory; set TMPDIR to measure on a disk.')
  } else {
    console.log(`Temporary files in ${tmpdir()}.`)
  }
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

/**
 * Takes a folder away between runs in the way that costs the next run nothing. In memory it is deleted, so that its pages
 * are used again. On a disk it is put aside until the bench ends: for a minute after a deletion ext4 searches the freed
 * inodes, at every file that it creates, for ones old enough to use again.
 */
export function clear(folder: string): void {
  if (tmpdir() === SHARED_MEMORY) rmSync(folder, { recursive: true, force: true })
  else if (existsSync(folder)) renameSync(folder, join(tempDir('bench-done-'), basename(folder)))
}
