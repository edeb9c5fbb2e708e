import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './repository.ts'
import { closingLine, succeeded } from './test-run/closing-line.ts'
import { runJest } from './test-run/run-jest.ts'

/**
 * The README's test command: all levels through jest (`npm test -- <pattern>` narrows it), then the closing line
 * `N passed, N failed` over all of them. Ends non-zero when a test failed, a suite did not load, or nothing ran.
 */

/** Whole workflows, whose services have the ports that they name: one run at a time. Everything else shares the cores. */
const WORKFLOWS = 'action-tests/workflows/'
/** More than two at once are not what the limits of the tests are made for. */
const workers = Math.min(2, availableParallelism())

const folder = mkdtempSync(join(tmpdir(), 'tests-'))
const everythingElse = await jest('else', [
  `--maxWorkers=${workers}`,
  `--testPathIgnorePatterns=/${WORKFLOWS}`,
])
const workflows = await jest('workflows', ['--runInBand', `--testPathIgnorePatterns=^(?!.*/${WORKFLOWS})`])
rmSync(folder, { recursive: true, force: true })
console.log(closingLine([everythingElse, workflows]))
process.exit(succeeded([everythingElse, workflows]) ? 0 : 1)

async function jest(name: string, options: readonly string[]) {
  const run = await runJest({
    jest: join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    // The options last: what follows an option of patterns would be one of them.
    args: [...process.argv.slice(2), '--passWithNoTests', ...options],
    directory: root,
    report: join(folder, `${name}.json`),
    patienceMs: 30_000,
  })
  if (run.endedByUs)
    console.error(
      'jest had written its report and did not end by itself in 30 s; it was ended. Its results stand.',
    )
  return run
}
