export { bringBase } from './bring-base.ts'
export { type ChangedPaths, changedPaths, type PathsRequest } from './changed-paths.ts'
export { type EventFacts, type EventPayload, readEvent } from './event.ts'
export { type Checkout, type Comparison, findBase, short, type TestedPull, testedPull } from './find-base.ts'
export {
  MOST_COMPARED,
  MOST_OF_A_PULL,
  type NoAnswer,
  type RemoteChanges,
  type RemoteFile,
  remoteChanges,
} from './remote-changes.ts'
export { readCheckout } from './tested-commit.ts'
