import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * Where files stay between runs: `tokenledger-actions` in the user's cache directory, which is XDG_CACHE_HOME where it is set
 * (freedesktop.org's Base Directory Specification), else the one of the platform.
 */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const set = env.XDG_CACHE_HOME
  // The specification says that a relative path is to be ignored.
  const base = set && isAbsolute(set) ? set : ofPlatform(env, platform)
  return join(base, 'tokenledger-actions')
}

function ofPlatform({ LOCALAPPDATA }: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local')
  return join(homedir(), '.cache')
}
