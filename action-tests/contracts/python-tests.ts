import { delimiter, dirname } from 'node:path'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { pythonWith } from '../../packages/migrations/test/alembic/python-environment.ts'
import { runComposite, type StepRun } from './run-step.ts'

/** What the tests of a project install; the newest that are known to these tests. */
export const NEWEST = ['pytest==9.2.0', 'pytest-cov==7.1.0', 'pytest-xdist==3.8.0', 'pytest-randomly==5.1.0']
/** The oldest pytest that Python 3.11 can start, of the first major version that the plugin knows. */
export const OLDEST = ['pytest==6.2.5', 'pytest-cov==3.0.0', 'pytest-xdist==2.4.0']

export const projectOf = (files: Files): string => {
  const folder = tempDir('project-')
  writeFiles(folder, files)
  return folder
}

/** Both steps of the action, in a folder, with the Python of `packages` first on PATH. */
export async function runTests(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  packages: readonly string[] = NEWEST,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ tests: StepRun; summary: StepRun }> {
  const bin = dirname(pythonWith(...packages))
  const PATH = [bin, process.env.PATH].join(delimiter)
  const step = { PATH, RUNNER_TEMP: tempDir('runner-temp-'), ...environment }
  const tests = await runComposite('python-tests', inputs, folder, step, 'tests')
  const summary = await runComposite('python-tests', inputs, folder, step, 'summary')
  return { tests, summary }
}
