export {
  type NoAnswer,
  type RemoteChanges,
  type RemoteFile,
  remoteChanges,
} from './changes/remote-changes.ts'
export { type GitHubClient, type GitHubOptions, GitHubRefusal, githubClient } from './client.ts'
export { type CommentOutcome, type CommentWish, upsertComment } from './comments/upsert-comment.ts'
