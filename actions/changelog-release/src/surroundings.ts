import { readFileSync } from 'node:fs'

interface Payload {
  readonly repository?: { readonly default_branch?: string }
}

/** Where this run takes place. */
export interface Surroundings {
  /** `owner/name` */
  readonly repository: string
  readonly serverUrl: string
  readonly apiUrl: string
  /** `refs/tags/v1.2.3` */
  readonly ref: string
  readonly defaultBranch: string
  /** `https://github.com/owner/name` */
  readonly repositoryUrl: string
  readonly runUrl: string
}

export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  const serverUrl = (env.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '')
  const repository = env.GITHUB_REPOSITORY ?? ''
  const repositoryUrl = `${serverUrl}/${repository}`
  return {
    repository,
    serverUrl,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    ref: env.GITHUB_REF ?? '',
    defaultBranch: payloadOf(env).repository?.default_branch || 'main',
    repositoryUrl,
    runUrl: `${repositoryUrl}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
  }
}

function payloadOf({ GITHUB_EVENT_PATH: path }: NodeJS.ProcessEnv): Payload {
  try {
    return path ? JSON.parse(readFileSync(path, 'utf8')) : {}
  } catch {
    return {} // not GitHub's: its runner always writes the file
  }
}
