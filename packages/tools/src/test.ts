import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './repository.ts'

/**
 * The README's test command: all levels through jest (`npm test -- <pattern>` narrows it), then the closing line
 * `N passed, N failed` over all of them. Ends non-zero when a test failed, a suite did not load, or nothing ran.
 */
const folder = mkdtempSync(join(tmpdir(), 'tests-'))
const report = join(folder, 'jest.json')
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js')
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  // jest prints the JSON to stdout as well; its readable report goes to stderr.
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
)
const result = readReport()
rmSync(folder, { recursive: true, force: true })
const passed = result?.numPassedTests ?? 0
// A suite that does not load has failed although none of its tests did.
const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 1)
console.log(`${passed} passed, ${failed} failed`)
process.exit(status === 0 && failed === 0 && passed > 0 ? 0 : 1)

function readReport(): Record<string, number> | undefined {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
