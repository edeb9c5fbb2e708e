import type { BundleRun } from '@tokenledger/testkit'
import { sha256 } from './built-package.ts'
import { errors, type JobOptions, type ReleaseJob, releaseJob, TAG } from './release-job.ts'

/** What a run said when it failed, and its words. */
export interface Told {
  readonly runs: number
  readonly said: readonly string[]
}

const MOST_RUNS = 6

type Inputs = Readonly<Record<string, string>>

/** A repository whose releases become immutable. */
export async function immutableJob(): Promise<ReleaseJob> {
  const job = await releaseJob()
  job.github.settings.immutableReleases = true
  return job
}

/** The job that makes the draft. */
export function prepare(
  job: ReleaseJob,
  inputs: Inputs = {},
  options: Partial<JobOptions> = {},
): Promise<BundleRun> {
  return job.run({ phase: 'prepare', 'expected-digests': JSON.stringify(job.digests), ...inputs }, options)
}

/** The job that publishes it, which has neither checkout nor files. */
export function publish(
  job: ReleaseJob,
  inputs: Inputs = {},
  options: Partial<JobOptions> = {},
): Promise<BundleRun> {
  const built = JSON.stringify(job.digests)
  return job.run(
    { phase: 'publish', files: '', 'expected-digests': built, ...inputs },
    { checkout: 'none', ...options },
  )
}

/** Both jobs, each run again until it ends well, as a person presses "Re-run failed jobs"; `kill` ends the run that it meets. */
export async function release(job: ReleaseJob, kill?: AbortSignal, inputs: Inputs = {}): Promise<Told> {
  const said: string[] = []
  let runs = 0
  for (const step of [prepare, publish]) {
    for (let code = 1; code !== 0; ) {
      if (++runs > MOST_RUNS) throw new Error(`It does not come to an end:\n${said.join('\n')}`)
      const run = await step(job, inputs, kill && !kill.aborted ? { kill } : {})
      said.push(...errors(run))
      code = run.exitCode
    }
  }
  return { runs, said }
}

/** What there is, whatever happened on the way. */
export function endState({ github }: ReleaseJob) {
  return {
    releases: github.releases
      .filter(({ tag, draft }) => tag === TAG || draft)
      .map(({ tag, draft, immutable, prerelease, assets }) => ({
        tag,
        draft,
        immutable,
        prerelease,
        assets: assets.map(({ name, state, digest }) => `${name} ${state} ${digest}`).sort(),
      })),
    violations: github.violations,
  }
}

/** One published release with every file, right to the last byte. */
export function wholeRelease({ digests }: Pick<ReleaseJob, 'digests'>): ReturnType<typeof endState> {
  const names = Object.keys(digests).sort()
  const sums = names.map(name => `${digests[name]}  ${name}\n`).join('')
  const assets = [
    `SHA256SUMS uploaded sha256:${sha256(sums)}`,
    ...names.map(name => `${name} uploaded sha256:${digests[name]}`),
  ]
  return {
    releases: [{ tag: TAG, draft: false, immutable: true, prerelease: false, assets: assets.sort() }],
    violations: [],
  }
}

export function published({ github }: ReleaseJob): string[] {
  return github.releases.filter(({ draft }) => !draft).map(({ tag }) => tag)
}
