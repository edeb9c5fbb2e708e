import { bareClone, type GitHubApi, gitRepo, startGitHubApi } from '@tokenledger/testkit'

/** GitHub's API for the repository of a clean job. */
export function startGitHub(): Promise<GitHubApi> {
  const git = bareClone(gitRepo({ 'README.md': '# one\n' }))
  return startGitHubApi({ repository: 'acme/consumer', git })
}

/** Two calls of one workflow in run 1; the gate of the first one, job 5, is running. */
export function addJobs(github: GitHubApi): void {
  addJob(github, 1, 'ci / plan', [0, 2, 11])
  addJob(github, 2, 'ci / test (3.11)', [12, 20, 80])
  addJob(github, 3, 'server / plan', [0, 3, 90])
  addJob(github, 4, 'server / gate', [91, 95, null])
  addJob(github, 5, 'ci / gate', [81, 84, null])
}

type Times = readonly [created: number, started: number, ended: number | null]

/** Adds a job with one step to run 1, on a runner of its own; times in seconds. */
export function addJob(github: GitHubApi, id: number, name: string, [created, started, ended]: Times): void {
  const completedAt = ended === null ? null : at(ended)
  github.jobs.push({
    id,
    run: 1,
    attempt: 1,
    name,
    conclusion: ended === null ? null : 'success',
    createdAt: at(created),
    startedAt: at(started),
    completedAt,
    runner: `Runner ${id}`,
    steps: [{ name: 'Run the tests', startedAt: at(started), completedAt }],
  })
}

function at(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()
}
