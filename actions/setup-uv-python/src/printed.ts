/** The value of an operation and the problems that it printed. */
export interface HeldBack<T> {
  readonly value: T
  readonly problems: readonly string[]
}

const ANNOTATION = /^::(?:warning|error)[^:]*::(.*)$/s
/** The reason of a refused reservation is printed as a debug line only. */
const REASON = /^::debug::(Failed to reserve cache: .*)$/s
const FAILURE = /^Failed to save: /

/**
 * Runs an operation of @actions/cache, which reports a failed save by printing alone, and keeps what it prints about
 * problems. Everything else is printed as it comes.
 */
export async function heldBack<T>(operation: () => Promise<T>): Promise<HeldBack<T>> {
  const problems: string[] = []
  const write = process.stdout.write
  process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
    const problem = problemIn(chunk.toString().trim())
    if (problem === undefined) return write.call(process.stdout, chunk, ...rest)
    problems.push(problem)
    return true
  }) as typeof write
  try {
    return { value: await operation(), problems }
  } finally {
    process.stdout.write = write
  }
}

/** The message in a printed line when it is one of a problem. */
export function problemIn(line: string): string | undefined {
  const command = (ANNOTATION.exec(line) ?? REASON.exec(line))?.[1]
  if (command !== undefined)
    return command.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  return FAILURE.test(line) ? line : undefined
}
