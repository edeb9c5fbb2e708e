import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './repository.ts'
import { closingLine, succeeded } from './test-run/closing-line.ts'
import { runJest } from './test-run/run-jest.ts'

/**
 * The README's test command: all levels through jest (`npm test -- <pattern>` narrows it), then the closing line
 * `N passed, N failed` over all of them. Ends non-zero when a test failed, a suite did not load, or nothing ran.
 */
const folder = mkdtempSync(join(tmpdir(), 'tests-'))
const run = await runJest({
  jest: join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
  patterns: process.argv.slice(2),
  directory: root,
  report: join(folder, 'jest.json'),
  patienceMs: 30_000,
})
rmSync(folder, { recursive: true, force: true })
if (run.endedByUs)
  console.error(
    'jest had written its report and did not end by itself in 30 s; it was ended. Its results stand.',
  )
console.log(closingLine(run.results))
process.exit(succeeded(run) ? 0 : 1)
