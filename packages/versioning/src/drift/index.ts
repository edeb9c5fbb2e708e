export type { DriftPlace, OldVersions } from './drift.ts'
export { type DriftScan, scanDrift } from './scan-drift.ts'
export { trackedFiles } from './tracked-files.ts'
