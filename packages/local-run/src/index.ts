export { type LocalRunOptions, localRun } from './local-run.ts'
