import { afterEach, describe, expect, it } from '@jest/globals'
import type { Call } from '@tokenledger/testkit'
import { sha256 } from './built-package.ts'
import { errors, type JobOptions, type ReleaseJob, releaseJob, TAG } from './release-job.ts'

/**
 * A release as its workflow makes it: a job that prepares the draft, and one without checkout and files that publishes it. Each
 * runs until it ends well, as a person would press "Re-run failed jobs"; gives how many runs that took.
 */
async function release(job: ReleaseJob, kill?: AbortSignal): Promise<{ runs: number; said: string[] }> {
  const expected = { 'expected-digests': JSON.stringify(job.digests) }
  let runs = 0
  const said: string[] = []
  for (const step of [
    (options: Partial<JobOptions>) => job.run({ phase: 'prepare', ...expected }, options),
    (options: Partial<JobOptions>) =>
      job.run({ phase: 'publish', files: '', ...expected }, { checkout: 'none', ...options }),
  ]) {
    for (let ended = false; !ended; ) {
      runs++
      const run = await step(kill && !kill.aborted ? { kill } : {})
      said.push(...errors(run))
      ended = run.exitCode === 0
      if (runs > 6) throw new Error(`It does not come to an end:\n${said.join('\n')}`)
    }
  }
  return { runs, said }
}

/** What there is at the end, whatever happened on the way. */
function endState({ github }: ReleaseJob) {
  return {
    releases: github.releases.map(({ tag, draft, immutable, prerelease, assets }) => ({
      tag,
      draft,
      immutable,
      prerelease,
      assets: assets.map(({ name, state, digest }) => `${name} ${state} ${digest}`).sort(),
    })),
    violations: github.violations,
  }
}

function wanted({ digests }: Pick<ReleaseJob, 'digests'>) {
  const names = Object.keys(digests).sort()
  const sums = names.map(name => `${digests[name]}  ${name}\n`).join('')
  return {
    releases: [
      {
        tag: TAG,
        draft: false,
        immutable: true,
        prerelease: false,
        assets: [
          `SHA256SUMS uploaded sha256:${sha256(sums)}`,
          ...names.map(name => `${name} uploaded sha256:${digests[name]}`),
        ].sort(),
      },
    ],
    violations: [],
  }
}

async function immutableJob(): Promise<ReleaseJob> {
  const job = await releaseJob()
  job.github.settings.immutableReleases = true
  return job
}

/** The requests of a release that nothing disturbs. */
const requests: string[] = await (async () => {
  const job = await immutableJob()
  try {
    const seen: string[] = []
    job.github.onRequest(({ operation, phase }) => {
      if (phase === 'before') seen.push(operation)
      return undefined
    })
    await release(job)
    expect(endState(job)).toEqual(wanted(job))
    return seen
  } finally {
    await job.close()
  }
})()

let job: ReleaseJob
afterEach(() => job.close())

describe('a release that is killed and run again is one published release with every file, when it was killed', () => {
  const moments = requests.flatMap((operation, index) =>
    (['before', 'after'] as const).map(phase => ({ at: index + 1, operation, phase })),
  )

  it.each(moments)('$phase request $at, $operation', async ({ at, phase }) => {
    job = await immutableJob()
    const killer = new AbortController()
    let count = 0
    const hook = (call: Call) => {
      if (call.phase === 'before') count++
      if (count !== at || call.phase !== phase || killer.signal.aborted) return undefined
      killer.abort()
      // The client is gone before the answer comes.
      return { reset: true } as const
    }
    job.github.onRequest(hook)
    await release(job, killer.signal)
    expect(killer.signal.aborted).toBe(true)
    expect(endState(job)).toEqual(wanted(job))
  })
})
