import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeStepFile } from '@tokenledger/kit'
import type { Problem, Schema, Session } from '@tokenledger/migrations'
import type { Findings } from './findings.ts'
import type { Prepared } from './prepare.ts'

type SchemaBefore = Awaited<ReturnType<typeof import('@tokenledger/migrations').readSchemaBefore>>

/** Reads the schema, without the tables of migration tools. */
export async function schemaOf(
  { env }: Prepared,
  session: Session,
  bookkeeping: readonly string[],
): Promise<Schema> {
  const { readSchema } = await import('@tokenledger/migrations')
  return readSchema(session, { bookkeeping, env })
}

/** Reads it before it is changed. */
export async function schemaBefore(
  { env }: Prepared,
  session: Session,
  bookkeeping: readonly string[],
): Promise<SchemaBefore> {
  const { readSchemaBefore } = await import('@tokenledger/migrations')
  return readSchemaBefore(session, { bookkeeping, env })
}

/** Notes the schema afterwards and how it differs from the one before. */
export async function noteSchema(
  findings: Findings,
  before: SchemaBefore | undefined,
  after: Schema,
): Promise<void> {
  const { diffSchemas } = await import('@tokenledger/migrations')
  const labels = { before: 'schema before', after: 'schema after' }
  const diff = before ? diffSchemas(before, after, labels).diff : ''
  const diffFile = diff ? writeStepFile('run-migrations', 'schema.diff', diff) : ''
  findings.schema = { hash: after.hash, diff, diffFile }
}

/** Compares the schema with the committed file, when there is one; what differs is a problem or a warning. */
export async function schemaFileProblems(
  { inputs, place }: Prepared,
  findings: Findings,
  schema: Schema,
): Promise<Problem[]> {
  const { file, drift } = inputs.schema
  if (!file || drift === 'off') return []
  const { compareSchemaFile, schemaFileText } = await import('@tokenledger/migrations')
  const path = join(place.workingDirectory, file).replaceAll('\\', '/')
  const text = await readFile(join(place.root, path), 'utf8').catch(() => undefined)
  const freshPath = writeStepFile('run-migrations', 'schema.sql', schemaFileText(schema))
  const { verdict, message, diff } = compareSchemaFile(schema, { path, text, drift, freshPath })
  const problem = { path, message, ...(diff ? { excerpt: diff } : {}) }
  if (verdict === 'warned') findings.warnings.push(problem)
  return verdict === 'failed' ? [problem] : []
}
