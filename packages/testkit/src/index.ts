export type { CodecovFault } from './codecov-server/faults.ts'
export type { CodecovTokens, CodecovUpload, StoredPayload } from './codecov-server/world.ts'
export { type Codecov, type CodecovOptions, startCodecov } from './codecov-server.ts'
export { bareClone, type Files, type GitRepo, gitRepo, writeFiles } from './files.ts'
export { type Git, gitIn } from './git.ts'
export type { Violation } from './github-api/dispatcher.ts'
export { BREAKS, type Break, type BreakRule, type Call, type RequestHook } from './github-api/interception.ts'
export type { MergeMethod } from './github-api/merge-pull.ts'
export type { Attestation, Release, ReleaseAsset } from './github-api/releases/records.ts'
export type { NewAsset, NewRelease } from './github-api/releases/seed-release.ts'
export { type Permissions, READ_ONLY, type RepositorySettings } from './github-api/settings.ts'
export type { Dispatch, Pull, Records, Rule, Ruleset, WorkflowJob, WorkflowRun } from './github-api/world.ts'
export { type GitHubApi, type GitHubApiOptions, startGitHubApi } from './github-api.ts'
export type { FaultRule } from './loopback/faults.ts'
export { type Loopback, type RecordedRequest, serve } from './loopback/server.ts'
export {
  findUpstream,
  type IndexRequest,
  type PackageIndex,
  type PackageIndexOptions,
  startPackageIndex,
} from './package-index.ts'
export { checkoutOf, event, type PullRequest, pullRequest, pullRequestEvent } from './pull-request.ts'
export { type PinnedPython, pinnedPython } from './pypi-server/pinned-python.ts'
export { type PypiServer, type PypiServerOptions, startPypiServer } from './pypi-server.ts'
export type { Artifact } from './results-service/artifact-service.ts'
export type { CacheEntry } from './results-service/cache-service.ts'
export type { CacheScope } from './results-service/tokens.ts'
export { type ResultsService, type ResultsServiceOptions, startResultsService } from './results-service.ts'
export type { PrintedAnnotation } from './run-bundle/commands.ts'
export { type BundleRun, type RunBundleOptions, runBundle } from './run-bundle.ts'
export { removeDir, tempDir } from './temp-dir.ts'
