type Environment = Readonly<Record<string, string | undefined>>

/** The tool breaks its lines at the width of the terminal. */
const WIDE = '1000'

/** What programs need to run at all; `LD_LIBRARY_PATH` is how the Python of actions/setup-python finds its library. */
const BASE =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|XDG_\w+|CI|LD_LIBRARY_PATH|PATHEXT|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|USERNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(\(X86\))?|PROCESSOR_ARCHITECTURE)$/i

/** Where packages come from, and how the network is reached. */
const NETWORK =
  /^(UV_\w+|PIP_\w+|\w+_PROXY|SSL_CERT_(FILE|DIR)|SSL_CLIENT_CERT|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|NETRC)$/i

/** Secrets of uv that are not for an index to read from. */
const SECRETS = /^UV_(PUBLISH_\w+|GITHUB_TOKEN)$/i

/** The caller's choices about their own project, which are not for the tool's environment. */
const OF_PROJECT =
  /^UV_(PROJECT(_\w+)?|WORKING_DIR\w*|CONSTRAINT|BUILD_CONSTRAINT|OVERRIDE|EXCLUDE|EXCLUDE_NEWER(_\w+)?|NO_VERIFY_HASHES|NO_BINARY(_\w+)?|TARGET|PREFIX)$/i

/**
 * Options of the tool's command line, which count as they do for the native engine. Not those that would make another bump
 * than the one that was asked for, or none.
 */
const OF_TOOL = /^BUMPVERSION_(?!(NEW_VERSION|DRY_RUN|VERBOSE)$)\w+$/i

/** The environment in which uv installs the tool: that of the job's index, apart from the project. */
export function environmentOfInstall(env: Environment): Record<string, string> {
  return pick(
    env,
    name => BASE.test(name) || (NETWORK.test(name) && !SECRETS.test(name) && !OF_PROJECT.test(name)),
  )
}

/**
 * The environment of the tool. `{$NAME}` in a configuration writes any variable into a file, so it holds nothing of the job
 * beyond what programs need; hooks also get the settings of the index, for `uv lock`. No tokens in either case.
 *
 * @param scratch folder for temporary files
 */
export function environmentOfTool(
  env: Environment,
  allowHooks: boolean,
  scratch: string,
): Record<string, string> {
  const allowed = (name: string) =>
    BASE.test(name) || OF_TOOL.test(name) || (allowHooks && NETWORK.test(name) && !SECRETS.test(name))
  return { ...pick(env, allowed), TMPDIR: scratch, TEMP: scratch, TMP: scratch, COLUMNS: WIDE }
}

function pick(env: Environment, allowed: (name: string) => boolean): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && allowed(name))
  return Object.fromEntries(kept) as Record<string, string>
}
