import type { UploadProgress } from '@tokenledger/github'
import { info } from '@tokenledger/kit'

/** Shortest time between two lines on bytes, in ms: a log is no terminal. */
const EVERY_MS = 5000

/** Says what an upload does, in lines that somebody who waits wants to read. `now` gives the time in ms. */
export function reportUploads(now: () => number = Date.now): (progress: UploadProgress) => void {
  let said = now()
  return ({ name, sent, size, totalSent, totalSize, action }) => {
    if (action) return info(`  ${name}: ${action}, ${bytes(size)}`)
    if (now() - said < EVERY_MS) return
    said = now()
    info(`  ${name}: ${bytes(sent)} of ${bytes(size)}; all files: ${bytes(totalSent)} of ${bytes(totalSize)}`)
  }
}

/** `812 B`, `1.2 MB`: as people are shown a file. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  const units = ['kB', 'MB', 'GB']
  const power = Math.min(Math.floor(Math.log10(count) / 3), units.length)
  return `${(count / 1000 ** power).toFixed(1)} ${units[power - 1]}`
}
