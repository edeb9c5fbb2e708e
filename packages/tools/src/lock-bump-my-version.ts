/**
 * Regenerates actions/version-bump/src/wrapped/locked-requirements.ts, the packages that engine: bump-my-version installs. For
 * maintainers, when a new bump-my-version or a newer dependency is wanted (needs uv on PATH and the package index):
 *
 *   node packages/tools/src/lock-bump-my-version.ts
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './repository.ts'

const TOOL = 'bump-my-version==1.3.0'
export const LOCK_FILE = join(root, 'actions', 'version-bump', 'src', 'wrapped', 'locked-requirements.ts')

/** All platforms and Pythons from 3.11 on; wheels alone, and without the address of the index. */
const OPTIONS = [
  ...['--universal', '--python-version', '3.11', '--only-binary', ':all:'],
  ...['--generate-hashes', '--no-emit-index-url', '--no-header', '--no-annotate'],
]

/** The module that holds a requirements file, with one line a package. */
export function lockModule(requirements: string): string {
  const lines = requirements.replaceAll(/\s*\\\n\s*/g, ' ').trim()
  return `// Written by packages/tools/src/lock-bump-my-version.ts; do not edit.\nexport const LOCKED_REQUIREMENTS = \`\\\n${lines}\n\`\n`
}

if (process.argv[1] === import.meta.filename) {
  const compile = ['pip', 'compile', '--quiet', '--no-config', ...OPTIONS, '-']
  writeFileSync(LOCK_FILE, lockModule(execFileSync('uv', compile, { input: TOOL, encoding: 'utf8' })))
}
