import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where tools stay between runs: `tokenledger-actions` in XDG_CACHE_HOME, which is `~/.cache` unless set. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const set = env.XDG_CACHE_HOME
  // The XDG specification says that a relative path is to be ignored.
  const base = set && isAbsolute(set) ? set : join(homedir(), '.cache')
  return join(base, 'tokenledger-actions')
}
