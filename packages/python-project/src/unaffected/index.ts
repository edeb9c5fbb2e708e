export { JOBS, type Job } from './job.ts'
export type { Surroundings } from './surroundings.ts'
export { readTree, type Tree } from './tree.ts'
export { type UnaffectedJobs, unaffectedJobs } from './unaffected-jobs.ts'
