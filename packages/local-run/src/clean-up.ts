import { constants } from 'node:os'
import { messageOf } from '@tokenledger/kit'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'
const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** What has to end with the run, latest first, however the run ends. */
export class CleanUp {
  readonly #ends: (() => Promise<void>)[] = []
  #ending: Promise<void> | undefined
  readonly #onSignal = (signal: Signal) => void this.#interrupted(signal)

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal)
  }

  add(end: () => Promise<void>): void {
    this.#ends.push(end)
  }

  /** Ends everything once; later calls wait for the first. One failure does not keep the others from ending. */
  run(): Promise<void> {
    this.#ending ??= this.#endAll()
    return this.#ending
  }

  async #endAll(): Promise<void> {
    for (let end = this.#ends.pop(); end; end = this.#ends.pop()) {
      await end().catch(error => console.error(`Clean-up: ${messageOf(error)}`))
    }
    for (const signal of SIGNALS) process.off(signal, this.#onSignal)
  }

  async #interrupted(signal: Signal): Promise<void> {
    // The terminal and the start script both pass Ctrl-C on; the second one finds the first at work.
    if (this.#ending) return
    console.error('\nStopping: ending jobs and services ...')
    await this.run()
    process.exit(128 + constants.signals[signal])
  }
}
