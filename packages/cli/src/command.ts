/** Where a command prints, and where it was started. */
export interface Terminal {
  /** One line, or several, to standard output. */
  readonly print: (text: string) => void
  /** To standard error: progress and what a person should know beside the result. */
  readonly say: (text: string) => void
  /** Asks a yes-or-no question; always no where nobody can answer. */
  readonly ask: (question: string) => Promise<boolean>
  /** The folder that paths are relative to. */
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** One word after the program's name. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** Arguments and options, as `--help` prints them. */
  readonly usage: string
  /**
   * Runs with the arguments after the word, and gives the exit code: 0 good, 1 bad news, 2 a call that was not understood.
   * Throws UserErrors, which end with 2.
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}
