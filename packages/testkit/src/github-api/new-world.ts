import { GitStore } from './git-store.ts'
import { assetFiles } from './releases/asset-files.ts'
import { downloads } from './releases/downloads.ts'
import type { RepositorySettings } from './settings.ts'
import type { Records, World } from './world.ts'

export function newRecords(): Records {
  return {
    pulls: [],
    comments: [],
    checkRuns: [],
    statuses: [],
    sarifs: [],
    dispatches: [],
    runs: [],
    jobs: [],
    rulesets: [],
    signedCommits: new Set(),
    releases: [],
    burnedTags: new Set(),
    attestations: [],
  }
}

export interface WorldOptions {
  /** `owner/name` */
  readonly repository: string
  /** Path of the bare repository. */
  readonly git: string
  readonly records: Records
  readonly settings: RepositorySettings
}

/** The world behind an API at `apiUrl`. */
export function newWorld({ repository, git, records, settings }: WorldOptions, apiUrl: string): World {
  const [owner = '', name = ''] = repository.split('/')
  let ids = 0
  return {
    apiUrl,
    owner,
    name,
    repositoryUrl: `${apiUrl}/repos/${repository}`,
    htmlUrl: `https://github.com/${repository}`,
    git: new GitStore(git),
    records,
    settings,
    cachedRefs: new Map(),
    assetFiles: assetFiles(),
    downloads: downloads(apiUrl),
    nextId: () => ++ids,
  }
}
