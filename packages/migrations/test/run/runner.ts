/**
 * A runner process for the tests that kill one: `runner.ts <url> <folder>` applies the folder's files that are not recorded
 * yet. It prints a line for each file that is reported as applied, and its backends first.
 */
import { readMigrations } from '../../src/files/read-migrations.ts'
import { MigrationError } from '../../src/problem.ts'
import { readRecord } from '../../src/record/stored-record.ts'
import { applyMigrations } from '../../src/run/apply.ts'
import { given, sessionOn, TABLE } from './given.ts'

const [url = '', root = ''] = process.argv.slice(2)
const cancelled = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancelled.abort())

const files = await readMigrations({ root, workingDirectory: '.' }, 'migrations')
const session = await sessionOn(url)
console.log('connected')
try {
  const recorded = new Set((await readRecord(session.main, TABLE))?.map(({ version }) => version))
  const { options } = given({
    signal: cancelled.signal,
    lockWaitMs: 60_000,
    say: line => console.log(line),
    onApplied: ({ name }) => console.log(`applied ${name}`),
  })
  await applyMigrations(
    session,
    files.filter(({ version }) => !recorded.has(version)),
    TABLE,
    options,
  )
  console.log('done')
} catch (error) {
  console.log(error instanceof MigrationError ? error.message : error)
  process.exitCode = 1
} finally {
  await session.close()
}
