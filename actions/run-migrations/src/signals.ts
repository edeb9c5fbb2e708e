/** GitHub sends SIGINT, after 7.5 s SIGTERM, and 2.5 s later it kills; the report has to be written by then. */
const GRACE_MS = 5000

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export interface Cancellation {
  readonly signal: AbortSignal
  /** What `work` gives; when the job is cancelled and `work` does not end soon, it is given up. */
  bounded<T>(work: Promise<T>): Promise<T>
  stop(): void
}

/** Thrown by {@link Cancellation.bounded} when what was cancelled did not end by itself. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp'
}

/** Turns the first SIGINT or SIGTERM into an abort; the second one ends the process at once. */
export function watchSignals(): Cancellation {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  return {
    signal: controller.signal,
    bounded: work => Promise.race([work, givenUp(controller.signal)]),
    stop: () => {
      for (const name of SIGNALS) process.off(name, onSignal)
    },
  }
}

function givenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(() => reject(new GivenUp()), GRACE_MS), { once: true })
  })
}
