import { constants } from 'node:os'
import { messageOf } from '@tokenledger/kit'

/** What has to end with a run or a part of it, latest first, however it ends. */
export class CleanUp {
  readonly #ends: (() => Promise<void>)[] = []
  #ending: Promise<void> | undefined

  add(end: () => Promise<void>): void {
    this.#ends.push(end)
  }

  /** Ends everything once; later calls wait for the first. One failure does not keep the others from ending. */
  run(): Promise<void> {
    this.#ending ??= this.#endAll()
    return this.#ending
  }

  get hasBegun(): boolean {
    return this.#ending !== undefined
  }

  /** Goes on at once, or never when the end has begun: what is ended must not make the run start the next thing. */
  async stillWanted(): Promise<void> {
    if (this.hasBegun) await new Promise(() => {})
  }

  async #endAll(): Promise<void> {
    for (let end = this.#ends.pop(); end; end = this.#ends.pop()) {
      await end().catch(error => console.error(`Clean-up: ${messageOf(error)}`))
    }
  }
}

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** Cleans up and exits when the user or the system stops the program. Returns what takes the handlers away again. */
export function cleanUpOnSignals(cleanUp: CleanUp): () => void {
  const stop = async (signal: Signal) => {
    // The terminal and the start script both pass Ctrl-C on; the second one finds the first at work.
    if (cleanUp.hasBegun) return
    console.error('\nStopping: ending jobs and services ...')
    await cleanUp.run()
    process.exit(128 + constants.signals[signal])
  }
  const signals: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, stop)
  return () => {
    for (const signal of signals) process.off(signal, stop)
  }
}
