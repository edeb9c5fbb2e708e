export {
  type ErrorPrefix,
  type GitHubClient,
  type GitHubOptions,
  GitHubRefusal,
  githubClient,
  wordsOf,
} from './client.ts'
export { type CommentOutcome, type CommentWish, upsertComment } from './comments/upsert-comment.ts'
export {
  type CommitWish,
  commitOnBranch,
  type FileAddition,
  type MadeCommit,
} from './commits/commit-on-branch.ts'
export { type Proposal, type ProposedCommit, proposeCommit } from './commits/propose-commit.ts'
export type { PullRequest } from './pulls/open-pulls.ts'
export { type PullOutcome, type PullWish, upsertPull } from './pulls/upsert-pull.ts'
export { type BranchHead, headOf } from './refs/branch-head.ts'
export { type BranchOutcome, type BranchWish, deleteBranch, ensureBranch } from './refs/ensure-branch.ts'
export { branchWith } from './refs/on-branch.ts'
export { ensureTag, type TagOutcome, type TagWish, tagExists, tagTarget } from './refs/tags.ts'
export { type Asset, listAssets } from './releases/asset.ts'
export {
  type AssetProblem,
  assetProblems,
  type ExpectedAsset,
  publishedDiffers,
} from './releases/asset-problems.ts'
export { attestationsOf } from './releases/attestations.ts'
export { downloadAsset } from './releases/download-asset.ts'
export { type DraftOutcome, type DraftWish, ensureDraft } from './releases/ensure-draft.ts'
export { type FoundRelease, findRelease, isUntagged, type ReleaseSought } from './releases/find-release.ts'
export { generateNotes, type NotesWish } from './releases/generate-notes.ts'
export { listReleases } from './releases/list-releases.ts'
export type { AssetOutcome, LocalFile } from './releases/local-file.ts'
export { onlyRelease } from './releases/only-release.ts'
export { type Publication, publishRelease } from './releases/publish-release.ts'
export type { Release, ReleaseText } from './releases/release.ts'
export { tagBurned } from './releases/release-problem.ts'
export { storedName } from './releases/stored-name.ts'
export { type UploadWish, uploadAssets } from './releases/upload-assets.ts'
export type { UploadProgress } from './releases/upload-progress.ts'
export { type AssetsWish, compareAssets, verifyAssets } from './releases/verify-assets.ts'
export { isRateLimit } from './retry-wait.ts'
export { changedFields, type FieldChange } from './rulesets/changed-fields.ts'
export { defaultBranch } from './rulesets/default-branch.ts'
export { ensureRuleset, type RulesetOutcome } from './rulesets/ensure-ruleset.ts'
export { ensureImmutableReleases, releasesAreImmutable } from './rulesets/immutable-releases.ts'
export { findRuleset, type ListedRuleset, listRulesets, readRuleset } from './rulesets/read-rulesets.ts'
export type { BypassActor, Rule, Ruleset, RulesetWish } from './rulesets/ruleset.ts'
export {
  ensureWorkflowPermissions,
  readWorkflowPermissions,
  type WorkflowPermissions,
} from './rulesets/workflow-permissions.ts'
export { type DispatchOutcome, type DispatchWish, dispatchWorkflow } from './workflows/dispatch-workflow.ts'
export { type RunAttempt, type RunJob, type RunStep, runJobs } from './workflows/run-jobs.ts'
