type Environment = Readonly<Record<string, string | undefined>>

/** PostgreSQL cuts an application_name at NAMEDATALEN - 1 bytes. */
const LONGEST = 63

const RUNNER = 'tokenledger-actions/run-migrations'

/**
 * `tokenledger-actions/run-migrations owner/repo#run/attempt`, which tells whoever finds the lock taken where to look.
 * When it is longer than 63 bytes the repository's name is cut, so that run and attempt stay whole. Outside of GitHub
 * Actions it is the first word alone.
 */
export function applicationName(env: Environment): string {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt } = env
  if (!repository || !run) return RUNNER
  // GitHub's names are ASCII; PostgreSQL would replace anything else.
  const name = repository.replace(/[^\x20-\x7e]/g, '?')
  const place = `#${run}/${attempt || '1'}`
  const room = Math.max(LONGEST - RUNNER.length - 1 - place.length, 0)
  return `${RUNNER} ${name.slice(0, room)}${place}`.slice(0, LONGEST)
}
