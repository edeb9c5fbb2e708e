import { delimiter, dirname } from 'node:path'
import { RUN_MARK } from './processes.ts'

/** What a job may know of this computer: how to reach the network. */
const PASSED =
  /^((HTTPS?|ALL|NO)_PROXY|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO|PIP_\w+|UV_(DEFAULT_|EXTRA_)?INDEX(_\w+)?|UV_PYTHON_(INSTALL|DOWNLOADS)\w*|UV_NATIVE_TLS|UV_FIND_LINKS|NPM_CONFIG_\w+)$/i

/**
 * The environment in which act starts: the network settings of this computer, a home of its own, and the Node of this
 * process first on PATH, because `using: node24` runs whatever `node` is there.
 */
export function actEnvironment(
  home: string,
  runId: string,
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const passed = Object.entries(own).filter(([name]) => PASSED.test(name)) as [string, string][]
  return {
    ...Object.fromEntries(passed),
    ...withoutLoopback(own),
    PATH: [dirname(process.execPath), own.PATH].filter(Boolean).join(delimiter),
    HOME: home,
    XDG_CACHE_HOME: home,
    XDG_CONFIG_HOME: home,
    LANG: 'C.UTF-8',
    ACT_DISABLE_VERSION_CHECK: '1',
    [RUN_MARK]: runId,
  }
}

/** A proxy must not be asked for the stand-ins. */
function withoutLoopback(own: NodeJS.ProcessEnv): Record<string, string> {
  const direct = [own.no_proxy || own.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  return { NO_PROXY: direct, no_proxy: direct }
}

export interface JobContext {
  readonly repository: string
  readonly workflowFile: string
  /** Name of the workflow that the event starts; in a job of one that it calls act gives GITHUB_WORKFLOW that one's. */
  readonly workflow: string
  readonly ref: string
  readonly checkout: string
}

/** What GitHub tells jobs and act does not, and where the checkout lies that actions/checkout is to copy. */
export function jobEnvironment({
  repository,
  workflowFile,
  workflow,
  ref,
  checkout,
}: JobContext): Record<string, string> {
  const [owner = ''] = repository.split('/')
  return {
    RUNNER_NAME: 'local',
    RUNNER_ENVIRONMENT: 'github-hosted',
    GITHUB_REPOSITORY_ID: '1',
    GITHUB_REPOSITORY_OWNER_ID: '1',
    GITHUB_TRIGGERING_ACTOR: owner,
    GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/${workflowFile}@${ref}`,
    LOCAL_RUN_CHECKOUT: checkout,
    LOCAL_RUN_WORKFLOW: workflow,
  }
}
