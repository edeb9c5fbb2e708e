import type { UploadEvent } from '@tokenledger/github'
import { info } from '@tokenledger/kit'

/** Says what an upload does, in lines that somebody who waits wants to read. */
export function reportUploads(): (event: UploadEvent) => void {
  return event => {
    switch (event.kind) {
      case 'progress':
        info(`  ${event.name}: ${size(event.sent)} of ${size(event.bytes)}`)
        break
      case 'retry':
        info(`  ${event.name}: try ${event.attempt} failed (${event.reason}); looking at what is there`)
        break
      case 'done':
        info(`  ${event.name}: ${event.action}, ${size(event.bytes)}`)
        break
    }
  }
}

/** `812 B`, `1.2 MB`: as people are shown a file. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length)
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`
}
