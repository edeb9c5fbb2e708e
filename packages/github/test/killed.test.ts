import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, type RequestHook } from '@tokenledger/testkit'
import { type Remote, remote } from './repository.ts'

let here: Remote

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const SCRIPT = new URL('./release-steps.ts', import.meta.url).pathname

/** Runs a step in a process of its own; gives its exit code, or the signal that ended it. */
async function run(step: string, sha: string, hook?: (child: ChildProcess) => RequestHook) {
  const child = spawn(process.execPath, [SCRIPT, step, sha], {
    env: { ...process.env, ...here.github.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const end = hook ? here.github.onRequest(hook(child)) : undefined
  const [code, signal] = await once(child, 'close')
  end?.()
  if (code) throw new Error(Buffer.concat(errors).toString('utf8'))
  return signal ?? code
}

/**
 * Kills the process when its n-th request, counted from now, has had its effect. Before the next one it would be the same
 * state.
 */
function killAt(n: number) {
  const first = here.github.requests.length
  return (child: ChildProcess): RequestHook =>
    async call => {
      if (call.number !== first + n || call.phase !== 'after') return undefined
      child.kill('SIGKILL')
      await once(child, 'exit')
      return BREAKS.reset
    }
}

/** Kills the step at each of its requests in turn, runs it once more and looks at what there is. */
async function killedEverywhere(step: string, sha: string, undo: () => void, check: () => void) {
  let n = 0
  for (let ended: unknown = 'SIGKILL'; ended === 'SIGKILL'; undo()) {
    ended = await run(step, sha, killAt(++n))
    if (ended === 'SIGKILL') await run(step, sha)
    check()
  }
  expect(n).toBeGreaterThan(3)
}

describe('a process that is killed at each of its requests, and run again, leaves', () => {
  it('one commit on the branch of one pull request', async () => {
    const undo = () => {
      here.git('update-ref', '-d', 'refs/heads/release/v1.2.3')
      here.github.pulls.length = 0
    }
    await killedEverywhere('propose', here.main, undo, () => {
      expect(here.git('log', '--format=%s', 'main..release/v1.2.3')).toBe('chore(release): 1.2.3')
      expect(here.github.pulls).toMatchObject([{ state: 'open', labels: ['release'] }])
      expect(here.git('branch', '--list').split('\n')).toHaveLength(2)
    })
  })

  it('one commit on main', async () => {
    const undo = () => here.git('update-ref', 'refs/heads/main', here.main)
    await killedEverywhere('commit', here.main, undo, () => {
      expect(here.git('log', '--format=%s', `${here.main}..main`)).toBe('chore(release): 1.2.3')
    })
  })

  it('one tag on the merged commit, and one run of the release', async () => {
    const undo = () => {
      here.git('update-ref', '-d', 'refs/tags/v1.2.3')
      here.github.dispatches.length = 0
      here.github.runs.length = 0
    }
    await run('propose', here.main)
    const merged = here.github.mergePull(1, 'squash')
    await killedEverywhere('tag', merged, undo, () => {
      expect(here.git('rev-parse', 'v1.2.3^{commit}')).toBe(merged)
      expect(here.github.dispatches).toMatchObject([{ workflow: 'release.yml', ref: 'v1.2.3' }])
    })
  })
})
