import { spawnSync } from 'node:child_process'
import { Failure } from '../../shared/runner.mjs'

/** Runs twine, the one whose Python LOCAL_RUN_TWINE names; its output goes to the log. */
export function twine(args, env = {}) {
  const python = process.env.LOCAL_RUN_TWINE
  if (!python) throw new Failure('LOCAL_RUN_TWINE is not set; it names a Python that has twine.')
  const done = spawnSync(python, ['-I', '-m', 'twine', '--no-color', ...args], {
    env: { ...process.env, ...env, TWINE_NON_INTERACTIVE: '1', COLUMNS: '120' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (done.error) throw new Failure(`twine did not start: ${done.error.message}`)
  if (done.status !== 0)
    throw new Failure(`twine ${args[0]} failed with exit code ${done.status}; its words are above.`)
}
