import type { GitStore } from './git-store.ts'

export interface Pull {
  readonly number: number
  title: string
  body: string | null
  /** Branch of the same repository, or of `headRepository`. */
  readonly head: string
  readonly base: string
  /** `owner/name` of a fork; its branch has to be in the bare repository all the same. */
  readonly headRepository?: string
  state: 'open' | 'closed'
  readonly createdAt: string
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

/** What the repository holds beside git: tests seed it and assert on it. */
export interface Records {
  readonly pulls: Pull[]
  readonly comments: Comment[]
  readonly checkRuns: CheckRun[]
  readonly statuses: Status[]
  readonly sarifs: Sarif[]
}

export interface World {
  readonly owner: string
  readonly name: string
  /** `<api>/repos/<owner>/<name>` */
  readonly repositoryUrl: string
  /** Where the web pages would be. */
  readonly htmlUrl: string
  readonly git: GitStore
  readonly records: Records
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
  readonly world: World
}

export interface ApiResponse {
  readonly status: number
  /** A list is paginated by the server, bytes are sent as they are, everything else as JSON. */
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** Handlers by operation, in the spelling of openapi/operations.txt. They throw ApiError. */
export type Routes = Readonly<Record<string, (request: ApiRequest) => ApiResponse>>
