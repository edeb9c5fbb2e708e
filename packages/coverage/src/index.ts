export * from './model/file-coverage.ts'
export * from './model/report.ts'
export * from './model/totals.ts'
