export {
  addPath,
  debug,
  endGroup,
  exportVariable,
  info,
  isDebug,
  notice,
  setOutput,
  setSecret,
  startGroup,
  warning,
} from '@actions/core'
export * from './annotations.ts'
export * from './cache-folder.ts'
export * from './duration.ts'
export * from './exec.ts'
export * from './git.ts'
export * as http from './http.ts'
export * as inputs from './inputs.ts'
export * from './markdown.ts'
export * from './masking.ts'
export * from './mistakes.ts'
export * from './process-group.ts'
export * from './retry.ts'
export * from './run.ts'
export * from './step-file.ts'
export * from './summary.ts'
export * from './user-error.ts'
