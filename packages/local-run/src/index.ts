export { localRun } from './local-run.ts'
export type { LocalRunOptions } from './session.ts'
