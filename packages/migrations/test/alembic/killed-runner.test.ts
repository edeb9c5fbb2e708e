import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { PRELUDE } from '../../src/alembic/alembic.ts'
import { ALEMBIC, pythonWith } from './python-environment.ts'

const SOURCE = join(import.meta.dirname, '../../src/command/run-redacted.ts')

describe('a runner that is killed', () => {
  it('takes Alembic with it, since the next run gets the lock at once', async () => {
    const python = pythonWith(...ALEMBIC, 'psycopg2-binary')
    const program = `${PRELUDE}\nimport time\nprint(os.getpid(), flush=True)\ntime.sleep(600)`
    const runner = `
      import { runRedacted } from ${JSON.stringify(SOURCE)}
      await runRedacted(${JSON.stringify(python)}, ['-c', ${JSON.stringify(program)}, '3'], {
        cwd: '.', env: {}, redact: String, onLine: console.log, lifeline: true, signal: new AbortController().signal,
      })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', runner], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(child.stdout, 'data')
    const pid = Number(line)
    expect(isRunning(pid)).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    for (let attempt = 0; isRunning(pid) && attempt < 100; attempt++) {
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    expect(isRunning(pid)).toBe(false)
  })
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
