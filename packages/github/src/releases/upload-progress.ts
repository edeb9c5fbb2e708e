import type { AssetOutcome, LocalFile } from './local-file.ts'

export interface UploadProgress {
  readonly name: string
  /** Bytes of this file that the network took; they start again with each try. */
  readonly sent: number
  /** Bytes of this file. */
  readonly size: number
  /** Bytes of all files that are sent or are there already. */
  readonly totalSent: number
  readonly totalSize: number
  /** Once the release holds the file. */
  readonly action?: AssetOutcome['action']
}

export interface ProgressMeter {
  /** Another try of a file begins. */
  begin(file: LocalFile): void
  /** `bytes` more of a file are on their way. */
  sent(file: LocalFile, bytes: number): void
  done(file: LocalFile, action: AssetOutcome['action']): void
}

/** Shortest time between two reports on bytes, in ms. */
const REPORT_EVERY_MS = 300

/** Reports what is sent, a few times a second, and the end of each file. `now` gives the time in ms. */
export function progressMeter(
  files: readonly LocalFile[],
  report: (progress: UploadProgress) => void,
  now: () => number = Date.now,
): ProgressMeter {
  const sentOf = new Map<string, number>()
  const totalSize = files.reduce((sum, { size }) => sum + size, 0)
  let reported = now()
  const tell = ({ name, size }: LocalFile, action?: AssetOutcome['action']) => {
    reported = now()
    const totalSent = [...sentOf.values()].reduce((sum, sent) => sum + sent, 0)
    const sent = sentOf.get(name) ?? 0
    report({ name, sent, size, totalSent, totalSize, ...(action ? { action } : {}) })
  }
  return {
    begin: ({ name }) => void sentOf.set(name, 0),
    sent(file, bytes) {
      sentOf.set(file.name, (sentOf.get(file.name) ?? 0) + bytes)
      if (now() - reported >= REPORT_EVERY_MS) tell(file)
    },
    done(file, action) {
      sentOf.set(file.name, file.size)
      tell(file, action)
    },
  }
}
