export {
  type NoAnswer,
  type RemoteChanges,
  type RemoteFile,
  remoteChanges,
} from './changes/remote-changes.ts'
export { type GitHubClient, type GitHubOptions, GitHubRefusal, githubClient } from './client.ts'
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
export { ensureTag, type TagOutcome, type TagWish, tagExists, tagTarget } from './refs/tags.ts'
export { type DispatchOutcome, type DispatchWish, dispatchWorkflow } from './workflows/dispatch-workflow.ts'
