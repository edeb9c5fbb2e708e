import { execFileSync } from 'node:child_process'

/** Runs git with these arguments and returns what it printed, trimmed; a failure throws with git's message. */
export type Git = (...args: readonly string[]) => string

/** git in `folder` under a fixed identity and without the settings of this computer, so that results repeat. */
export function gitIn(folder: string, input?: string): Git {
  return (...args) => gitBytes(folder, args, input).toString('utf8').trimEnd()
}

/** What git prints, byte for byte. */
export function gitBytes(folder: string, args: readonly string[], input?: string | Buffer): Buffer {
  return execFileSync('git', args, {
    cwd: folder,
    env: { ...process.env, ...IDENTITY, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  })
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'testkit',
  GIT_AUTHOR_EMAIL: 'testkit@example.com',
  GIT_COMMITTER_NAME: 'testkit',
  GIT_COMMITTER_EMAIL: 'testkit@example.com',
}
