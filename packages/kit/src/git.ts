import { setSecret } from '@actions/core'
import { type Executed, exec } from './exec.ts'
import { gitFailureInWords } from './git-failure.ts'

export type GitFetched = { readonly output: string } | { readonly failure: string }

export interface Git {
  /** Runs git without network; 127 and a message when git is missing. */
  run(...args: readonly string[]): Promise<Omit<Executed, 'ms'>>
  /** The output of `run`; undefined when git is missing, refuses, or finds nothing. */
  read(...args: readonly string[]): Promise<string | undefined>
  /**
   * Runs git with network: with the credentials of the checkout, and with the token. `failure` is in a few words why the
   * more likely of the two did not do, without secrets.
   */
  fetch(...args: readonly string[]): Promise<GitFetched>
}

/** With what a private repository is fetched when the checkout kept no credentials. */
export interface GitCredentials {
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string
  readonly token?: string | undefined
}

/**
 * Settings for every call. Paths are no patterns. In a container the checkout belongs to another account, which git refuses
 * before anything else (safe.directory); reading it is what the workflow asked for, and programs that the checkout's
 * configuration could start are turned off.
 */
const SETTINGS = [
  ...['safe.directory=*', 'core.fsmonitor=false', 'core.hooksPath=/dev/null'],
  ...['gc.auto=0', 'maintenance.auto=false', 'http.lowSpeedLimit=1', 'http.lowSpeedTime=60'],
]

/** Variables by which a hook, or an outer git, would send this one to another repository. */
const OF_OTHERS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_CEILING_DIRECTORIES']

type Environment = Record<string, string>

/**
 * git in the checkout at `root`, without locks, prompts and translated messages.
 *
 * @param credentials for `fetch`; it has the checkout's own alone without them
 * @param settings more of them for every call: `diff.renameLimit=5000`
 */
export function gitAt(
  root: string,
  credentials: GitCredentials = { serverUrl: '' },
  settings: readonly string[] = [],
): Git {
  const own = environment()
  const fixed = ['--literal-pathspecs', ...[...SETTINGS, ...settings].flatMap(setting => ['-c', setting])]
  const runWith = async (env: Environment, args: readonly string[]) => {
    try {
      return await exec('git', [...fixed, ...args], { cwd: root, env })
    } catch {
      return { exitCode: 127, stdout: '', stderr: 'git is not on this machine' }
    }
  }
  const run: Git['run'] = (...args) => runWith({ ...own, GIT_NO_LAZY_FETCH: '1' }, args)
  const read: Git['read'] = async (...args) => {
    const { exitCode, stdout } = await run(...args)
    return exitCode === 0 ? stdout : undefined
  }
  return {
    run,
    read,
    async fetch(...args) {
      let failure: string | undefined
      for (const env of await environmentsOfFetch(own, read, credentials)) {
        const { exitCode, stdout, stderr } = await runWith(env, args)
        if (exitCode === 0) return { output: stdout }
        failure ??= gitFailureInWords(stderr)
      }
      return { failure: failure ?? '' }
    },
  }
}

function environment(): Environment {
  const env: Environment = {
    ...(process.env as Environment),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  }
  for (const name of OF_OTHERS) delete env[name]
  return env
}

/**
 * What the checkout itself can do, and what the token can, the more likely one first: actions/checkout keeps its credentials
 * as a header for the server unless `persist-credentials` is false.
 */
async function environmentsOfFetch(
  own: Environment,
  read: Git['read'],
  { serverUrl, token }: GitCredentials,
): Promise<Environment[]> {
  if (!token) return [own]
  const headers = await read('config', '--get-urlmatch', 'http.extraheader', `${serverUrl}/`)
  const kept = /^authorization:/im.test(headers ?? '')
  const withToken = { ...own, ...headerOf(serverUrl, token, kept, Number(own.GIT_CONFIG_COUNT ?? 0)) }
  return kept ? [own, withToken] : [withToken, own]
}

/**
 * The header that actions/checkout would keep, as settings in the environment, where neither a list of processes nor
 * .git/config shows it; `count` settings are there already. GitHub refuses two of it, so an empty one takes away what is `kept`,
 * with every other header (git-config, `http.extraHeader`).
 */
function headerOf(serverUrl: string, token: string, kept: boolean, count: number): Environment {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  setSecret(basic)
  const values = [...(kept ? [''] : []), `AUTHORIZATION: basic ${basic}`]
  const settings = values.flatMap((value, index) => [
    [`GIT_CONFIG_KEY_${count + index}`, `http.${serverUrl}/.extraheader`],
    [`GIT_CONFIG_VALUE_${count + index}`, value],
  ])
  return { ...Object.fromEntries(settings), GIT_CONFIG_COUNT: `${count + values.length}` }
}
