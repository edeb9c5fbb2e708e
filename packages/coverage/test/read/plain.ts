import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from '@tokenledger/testkit'
import type { FileCoverage, LineBranches } from '../../src/model/file-coverage.ts'
import type { CoverageReport } from '../../src/model/report.ts'
import { add, NOTHING, type Totals, totalsOfFile } from '../../src/model/totals.ts'
import { type ReadOptions, readReport } from '../../src/read/read-report.ts'

/** A file's coverage as data that compares by value. */
export interface PlainFile {
  /** `3 hit` */
  readonly lines: readonly string[]
  readonly branches: readonly (readonly [number, LineBranches])[]
}

export function plain({ lines, hits, branches }: FileCoverage): PlainFile {
  return {
    lines: Array.from(lines, (line, index) => `${line} ${hits[index] === 1 ? 'hit' : 'missed'}`),
    branches: [...branches],
  }
}

export function plainFiles({ files }: CoverageReport): Record<string, PlainFile> {
  return Object.fromEntries([...files].map(([name, file]) => [name, plain(file)]))
}

export function totalsOf({ files }: CoverageReport): Totals {
  return [...files.values()].map(totalsOfFile).reduce(add, NOTHING)
}

/** Writes a report and reads it back by the readers; it is called `name` in messages. */
export function readText(
  name: string,
  content: string | Buffer,
  options: Partial<ReadOptions> = {},
): Promise<CoverageReport> {
  const path = join(tempDir('report-'), 'report')
  writeFileSync(path, content)
  return readReport(path, { shownAs: name, format: 'auto', ...options })
}

/** The message with which reading fails. */
export async function refusal(...args: Parameters<typeof readText>): Promise<string> {
  try {
    await readText(...args)
  } catch (error) {
    return error instanceof Error && error.name === 'UserError' ? error.message : `a bug: ${String(error)}`
  }
  return 'read without complaint'
}
