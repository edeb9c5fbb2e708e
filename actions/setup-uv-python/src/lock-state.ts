import { lastLines } from '@tokenledger/kit'

/** How a `uv sync` ended. */
export type SyncOutcome =
  | { readonly kind: 'installed' }
  /** uv.lock does not fit pyproject.toml; nothing was installed. */
  | { readonly kind: 'stale'; readonly exitCode: number; readonly said: string }
  | { readonly kind: 'failed'; readonly exitCode: number; readonly said: string }

/** Only the words of uv tell a stale lock from other failures: both end with exit code 1 or 2, depending on the version. */
const STALE = /lock ?file at .{0,300}? needs to be updated, but .{0,3}--locked.{0,3} was provided/s

/** Sorts the end of a `uv sync --locked`; `said` is the last 20 lines of what uv printed. */
export function syncOutcome({ exitCode, stderr }: { exitCode: number; stderr: string }): SyncOutcome {
  if (exitCode === 0) return { kind: 'installed' }
  const said = lastLines(stderr, 20)
  return { kind: STALE.test(stderr) ? 'stale' : 'failed', exitCode, said }
}

/** The error of `install: locked`. */
export function staleLockError({ exitCode, said }: { exitCode: number; said: string }): string {
  return (
    `uv.lock is out of date for pyproject.toml (uv sync --locked, exit ${exitCode}). ` +
    `Run "uv lock" and commit uv.lock, or set install: frozen. uv said: ${said}`
  )
}

/** The warning of `install: auto`, put on uv.lock. */
export const STALE_LOCK_WARNING =
  'uv.lock is out of date for pyproject.toml, so the newest versions that pyproject.toml allows were installed instead. ' +
  'Run "uv lock" and commit uv.lock.'

/** The error of any other `uv` command that failed. */
export function installError(
  command: string,
  { exitCode, said }: { exitCode: number; said: string },
): string {
  return `${command} failed with exit ${exitCode}; its whole output is in the log above. uv said: ${said}`
}
