export type Permission =
  | 'actions'
  | 'administration'
  | 'attestations'
  | 'checks'
  | 'contents'
  | 'issues'
  | 'pull-requests'
  | 'security-events'
  | 'statuses'

/** What a token may do, in the words of a job's `permissions:`. */
export type Permissions = Readonly<Partial<Record<Permission, 'read' | 'write'>>>

/** How the repository is set up; a test changes it at any time. Patterns are globs of whole names: `main`, `v*`. */
export interface RepositorySettings {
  /** What the token may do; undefined for everything. */
  permissions: Permissions | undefined
  /** Branches that only take changes through a pull request. */
  protectedBranches: readonly string[]
  /** Tags that only those on the bypass list of a ruleset may create. */
  restrictedTags: readonly string[]
  /** "Allow GitHub Actions to create and approve pull requests". */
  actionsMayOpenPulls: boolean
  /** What the token of a job may do whose workflow says nothing. */
  defaultWorkflowPermissions: 'read' | 'write'
  /** The organization does not let the repository change its settings of Actions and of releases. */
  decidedByOwner: boolean
  /** Whether GitHub signs what `createCommitOnBranch` makes. */
  signsCommits: boolean
  /** Reading a ref by REST gives what the first read gave, as GitHub's cache may do for a minute. */
  cachesRefs: boolean
  /** "Enable release immutability": what is published while it is on stays as it is. */
  immutableReleases: boolean
  /** Whether assets say their SHA-256; older servers of GitHub Enterprise do not. */
  digests: boolean
  /** What creating or updating a release answers because its commit changes `.github/workflows`; undefined where it does not. */
  targetChangesWorkflows: 403 | 404 | undefined
  /** Names of the categories of discussions; without any, discussions are off. */
  discussionCategories: readonly string[]
  /** Wait before each request is looked at, in ms. */
  latencyMs: number
}

export const DEFAULT_SETTINGS: RepositorySettings = {
  permissions: undefined,
  protectedBranches: [],
  restrictedTags: [],
  actionsMayOpenPulls: true,
  defaultWorkflowPermissions: 'write',
  decidedByOwner: false,
  signsCommits: true,
  cachesRefs: false,
  immutableReleases: false,
  digests: true,
  targetChangesWorkflows: undefined,
  discussionCategories: [],
  latencyMs: 0,
}

/** The token of a pull request from a fork. */
export const READ_ONLY: Permissions = {
  actions: 'read',
  attestations: 'read',
  checks: 'read',
  contents: 'read',
  issues: 'read',
  'pull-requests': 'read',
  'security-events': 'read',
  statuses: 'read',
}
