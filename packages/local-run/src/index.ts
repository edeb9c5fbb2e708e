export type { LocalRunOptions } from './local-run.ts'
export { localRun } from './local-run.ts'
export type { GitHub } from './services/github.ts'
