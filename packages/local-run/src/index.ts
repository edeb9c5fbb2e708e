export { localRun } from './local-run.ts'
export type { GitHub } from './services/github.ts'
export type { LocalRunOptions } from './session.ts'
