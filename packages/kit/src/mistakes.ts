import { UserError } from './user-error.ts'

/** Gathers what is wrong with the inputs, so that a person mends all of it after one run and not one per run. */
export class Mistakes {
  readonly #messages: string[] = []

  /** What `read` gives; its UserError is kept for later, and `fallback` stands in until then. */
  collect<T>(read: () => T, fallback: T): T {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      this.#messages.push(error.message)
      return fallback
    }
  }

  add(messages: readonly string[]): void {
    this.#messages.push(...messages)
  }

  /** Throws one UserError with every mistake on a line of its own. */
  throwIfAny(): void {
    if (this.#messages.length > 0) throw new UserError(this.#messages.join('\n'))
  }
}
