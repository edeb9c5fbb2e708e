import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { GitStore, Ref } from './git-store.ts'
import type { AssetFiles } from './releases/asset-files.ts'
import type { Downloads } from './releases/downloads.ts'
import type { ReleaseRecords } from './releases/records.ts'
import type { RepositorySettings } from './settings.ts'

export interface Pull {
  readonly number: number
  title: string
  body: string | null
  /** Branch of the same repository, or of `headRepository`. */
  readonly head: string
  base: string
  /** `owner/name` of a fork; its branch has to be in the bare repository all the same. */
  readonly headRepository?: string
  state: 'open' | 'closed'
  readonly createdAt: string
  readonly author: string
  readonly draft: boolean
  readonly labels: string[]
  /** What base and head were when it was closed; while it is open they are those of the branches. */
  closed?: { readonly base: string; readonly head: string; readonly at: string }
  /** The commit on the base branch that merged it. */
  mergeCommit?: string
}

export interface Comment {
  readonly id: number
  /** Issue or pull request. */
  readonly issue: number
  body: string
  readonly author: string
  readonly createdAt: string
  updatedAt: string
}

export interface CheckRun {
  readonly id: number
  /** Fields as they were sent. */
  fields: Readonly<Record<string, unknown>>
  /** Annotations of all calls together: GitHub adds the new ones to the old. */
  annotations: readonly object[]
}

export interface Status {
  readonly id: number
  readonly sha: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly createdAt: string
}

export interface Sarif {
  readonly id: string
  readonly commit: string
  readonly ref: string
  /** The uploaded report, unpacked. */
  readonly report: unknown
}

export interface Dispatch {
  /** Name of the workflow's file: `release.yml`. */
  readonly workflow: string
  /** As it was sent: a branch or a tag. */
  readonly ref: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly run: number
}

export interface WorkflowRun {
  readonly id: number
  readonly workflow: string
  readonly event: string
  /** Branch or tag. */
  readonly branch: string
  readonly sha: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: string | null
  readonly createdAt: string
}

/** A job of an attempt of a run; times are in ISO 8601. */
export interface WorkflowJob {
  readonly id: number
  readonly run: number
  readonly attempt: number
  /** `<caller's job> / <job>` in a workflow that was called. */
  readonly name: string
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped' | null
  readonly createdAt: string
  startedAt: string | null
  completedAt: string | null
  /** Name of its runner. */
  readonly runner: string | null
  readonly steps: { name: string; startedAt: string | null; completedAt: string | null }[]
}

export interface Rule {
  readonly type: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** A ruleset of the repository, in the words of GitHub's API. */
export interface Ruleset {
  readonly id: number
  name: string
  target: 'branch' | 'tag' | 'push'
  enforcement: 'active' | 'disabled' | 'evaluate'
  bypass_actors: readonly object[]
  conditions: { readonly ref_name?: { readonly include: string[]; readonly exclude: string[] } }
  rules: readonly Rule[]
  readonly createdAt: string
  updatedAt: string
}

/** What the repository holds beside git: tests seed it and assert on it. */
export interface Records extends ReleaseRecords {
  readonly pulls: Pull[]
  readonly comments: Comment[]
  readonly checkRuns: CheckRun[]
  readonly statuses: Status[]
  readonly sarifs: Sarif[]
  readonly dispatches: Dispatch[]
  readonly runs: WorkflowRun[]
  readonly jobs: WorkflowJob[]
  readonly rulesets: Ruleset[]
  /** Commits that GitHub has signed. */
  readonly signedCommits: Set<string>
}

export interface World {
  /** Where the API is, without a slash at its end. */
  readonly apiUrl: string
  readonly owner: string
  readonly name: string
  /** `<api>/repos/<owner>/<name>` */
  readonly repositoryUrl: string
  /** Where the web pages would be. */
  readonly htmlUrl: string
  readonly git: GitStore
  readonly records: Records
  readonly settings: RepositorySettings
  readonly assetFiles: AssetFiles
  readonly downloads: Downloads
  /** What reads of refs by REST gave, for a repository that caches them. */
  readonly cachedRefs: Map<string, Ref | undefined>
  /** Ids are unique over all kinds, as issue and comment numbers of a small repository rarely are on GitHub. */
  nextId(): number
}

/** ISO 8601 to the second, as GitHub prints times. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z')
}

export interface ApiRequest {
  /** The parts of the path that the operation names in braces, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  /** Media type asked for, e.g. `application/vnd.github.raw+json`. */
  readonly accept: string
  readonly headers: IncomingHttpHeaders
  /** The body of an operation that takes bytes and no JSON. */
  readonly stream: Readable
  readonly world: World
}

export interface ApiResponse {
  readonly status: number
  /** A list is paginated by the server, bytes are sent as they are, everything else as JSON. */
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** Handlers by operation, in the spelling of openapi/operations.txt. They throw ApiError. */
export type Routes = Readonly<Record<string, (request: ApiRequest) => ApiResponse | Promise<ApiResponse>>>
