type Environment = Readonly<Record<string, string | undefined>>

/** `tokenledger-actions/run-migrations owner/repo#run/attempt`, at most 63 bytes, as PostgreSQL cuts the rest. */
export function applicationName(_env: Environment): string {
  throw new Error('not built yet')
}
