import { readFile } from 'node:fs/promises'

/** What GitHub says of the run, as far as it tells what the tested tree is a change against. */
export interface EventFacts {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string
  /** `GITHUB_REF`: `refs/pull/7/merge`, `refs/heads/main`. */
  readonly ref: string
  /** `GITHUB_SHA`: the commit that actions/checkout takes unless it is told otherwise. */
  readonly sha: string
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string
  readonly payload: EventPayload
}

/** The parts of an event's payload that are read here; any of them can be absent. */
export interface EventPayload {
  readonly before?: string
  readonly after?: string
  readonly forced?: boolean
  readonly pull_request?: {
    readonly number?: number
    readonly base?: { readonly sha?: string; readonly ref?: string }
    readonly head?: { readonly sha?: string }
  }
  readonly merge_group?: { readonly base_sha?: string; readonly head_sha?: string }
}

/** Reads the event of this run from GitHub's variables; outside of GitHub everything in it is empty. */
export async function readEvent(env: Readonly<Record<string, string | undefined>>): Promise<EventFacts> {
  return {
    name: env.GITHUB_EVENT_NAME ?? '',
    ref: env.GITHUB_REF ?? '',
    sha: env.GITHUB_SHA ?? '',
    serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
    payload: await payloadAt(env.GITHUB_EVENT_PATH),
  }
}

async function payloadAt(path: string | undefined): Promise<EventPayload> {
  if (!path) return {}
  try {
    return JSON.parse(await readFile(path, 'utf8')) as EventPayload
  } catch {
    return {} // not GitHub's: its runner always writes the file
  }
}
