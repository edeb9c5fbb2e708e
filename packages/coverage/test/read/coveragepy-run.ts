import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { pythonWith } from '../../../migrations/test/alembic/python-environment.ts'
import type { CoverageReport } from '../../src/model/report.ts'
import { readReport } from '../../src/read/read-report.ts'

/** The newest, and the last one that wrote format 2 of the JSON. */
export const COVERAGE = 'coverage==7.17.3'
export const COVERAGE_FORMAT_2 = 'coverage==7.5.4'

export const BRANCHES = '[run]\nbranch = true\n'

export interface CoveragePyRun {
  readonly folder: string
  readonly xml: CoverageReport
  readonly json: CoverageReport
  readonly lcov: CoverageReport
  /** What `coverage report` prints. */
  readonly printed: string
}

/** Runs `main.py` under the real coverage.py and reads the three reports of the same data. */
export async function coveragePyRun(
  files: Files,
  options: { config?: string; version?: string } = {},
): Promise<CoveragePyRun> {
  const { folder, printed, read } = coveragePyReports(files, options)
  return {
    folder,
    xml: await read('coverage.xml'),
    json: await read('coverage.json'),
    lcov: await read('coverage.lcov'),
    printed,
  }
}

/** The same, and each report is read when it is asked for. */
export function coveragePyReports(files: Files, { config = BRANCHES, version = COVERAGE } = {}) {
  const folder = tempDir('coveragepy-')
  writeFiles(folder, { '.coveragerc': config, ...files })
  const coverage = (...args: string[]) =>
    execFileSync(pythonWith(version), ['-m', 'coverage', ...args], { cwd: folder, encoding: 'utf8' })
  coverage('run', 'main.py')
  const printed = coverage('report')
  for (const format of ['xml', 'json', 'lcov']) coverage(format, '-q')
  const read = (file: string) => readReport(join(folder, file), { shownAs: file, format: 'auto' })
  return { folder, printed, read }
}
