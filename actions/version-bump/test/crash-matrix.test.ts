import { describe, expect, it } from '@jest/globals'
import { type BumpJob, bumpJob, errors } from './bump-job.ts'

/** All that a story leaves on GitHub, without what each run of it makes anew (hashes, times). */
function endState({ github, at, show, count }: BumpJob) {
  return {
    // Of the pull request, and of main after the squash.
    commits: [count('main~1..release/v1.3.0'), count('v1.2.3..main')],
    pulls: github.pulls.map(({ number, title, state, head, base }) => ({ number, title, state, head, base })),
    version: show('main', 'shop/__init__.py'),
    tagIsOnMain: at('v1.3.0') === at('main'),
    dispatches: github.dispatches.map(({ ref, workflow }) => ({ ref, workflow })),
    violations: github.violations,
  }
}

/**
 * Bump, merge, tag: each step runs the built action, which is killed at the `kill`-th request of all (before or after its effect) and
 * then run again. Gives how many requests there were.
 */
async function story(kill?: { at: number; phase: 'before' | 'after' }) {
  const job = await bumpJob()
  try {
    job.push('feat: carts (#7)')
    let requests = 0
    const killer = new AbortController()
    const runOnce = async (...args: Parameters<BumpJob['run']>) => {
      const [inputs, options] = args
      const first = await job.run(inputs, { ...options, kill: killer.signal })
      if (!killer.signal.aborted || first.exitCode === 0) return first
      return job.run(inputs, options)
    }
    job.github.onRequest(({ phase }) => {
      if (phase === 'before') requests++
      if (kill && kill.at === requests && kill.phase === phase && !killer.signal.aborted) killer.abort()
      // The client is gone before the answer comes.
      return killer.signal.aborted && kill?.at === requests ? { reset: true } : undefined
    })
    const bumped = await runOnce({ part: 'auto' })
    expect(errors(bumped)).toEqual([])
    expect(bumped.exitCode).toBe(0)
    const [pull] = job.github.pulls
    const before = job.at('main')
    job.github.mergePull(pull?.number ?? 0, 'squash')
    const tagged = await runOnce({ mode: 'tag' }, { before })
    expect(errors(tagged)).toEqual([])
    expect(tagged.exitCode).toBe(0)
    return { requests, ...endState(job) }
  } finally {
    await job.close()
  }
}

describe('bump, merge, tag, release', () => {
  it('ends the same wherever a run is killed: one commit, one pull request, one tag, one dispatch', async () => {
    const { requests, ...clean } = await story()
    expect(clean).toMatchObject({
      pulls: [{ number: 1, title: 'chore(release): v1.3.0', state: 'closed' }],
      commits: [1, 2],
      version: '"""A shop."""\n\n__version__ = "1.3.0"',
      tagIsOnMain: true,
      dispatches: [{ ref: 'v1.3.0' }],
      violations: [],
    })
    expect(requests).toBeGreaterThan(8)
    for (let at = 1; at <= requests; at++) {
      for (const phase of ['before', 'after'] as const) {
        const { requests: _, ...killed } = await story({ at, phase })
        expect({ at, phase, ...killed }).toEqual({ at, phase, ...clean })
      }
    }
  }, 480_000)
})
