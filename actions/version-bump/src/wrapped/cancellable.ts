import { UserError } from '@tokenledger/kit'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs `work`, whose signal the first SIGINT or SIGTERM aborts. The process goes on until `work` has cleared up behind itself;
 * then a UserError says that it was cancelled.
 */
export async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const onSignal = (name: NodeJS.Signals) => {
    controller.abort(
      new UserError(`BUMP_ENGINE: bump-my-version was cancelled by ${name}; no file was changed`),
    )
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  try {
    const result = await work(controller.signal)
    controller.signal.throwIfAborted()
    return result
  } catch (error) {
    // What fails because of the end of its program is not the cause.
    controller.signal.throwIfAborted()
    throw error
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal)
  }
}
