import { join } from 'node:path'
import { bareClone, type GitHubApi, startGitHubApi } from '@tokenledger/testkit'
import { coberturaXml, eventFile, type Job, job } from './coverage-job.ts'

export const REPOSITORY = 'acme/consumer'

/** Pull request 1 of `topic` into main, with its head checked out: it changes line 2 of shop/a.py, which is not covered. */
export interface PullRequestJob {
  readonly checkout: Job
  readonly github: GitHubApi
  readonly head: string
  /** Variables of its jobs; those of a fork have a token that reads. */
  env(fork?: boolean): Record<string, string>
  close(): Promise<void>
}

export async function pullRequestJob(): Promise<PullRequestJob> {
  const checkout = job({ 'shop/a.py': 'a = 1\nb = 2\n' })
  const { git, commit, path } = checkout.repository
  git('switch', '--quiet', '--create', 'topic')
  const base = git('rev-parse', 'HEAD')
  const head = commit({ 'shop/a.py': 'a = 1\nb = 3\n' })
  checkout.write({ 'coverage.xml': coberturaXml(join(path, 'shop'), { 'a.py': { hit: [1], missed: [2] } }) })
  const github = await startGitHubApi({ repository: REPOSITORY, git: bareClone(checkout.repository) })
  github.addPull({ title: 'A change', head: 'topic' })
  const repo = { full_name: REPOSITORY, owner: { login: 'acme' } }
  return {
    checkout,
    github,
    head,
    env: (fork = false) => ({
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/1/merge',
      GITHUB_SHA: head,
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_PATH: eventFile({
        number: 1,
        repository: { private: false },
        pull_request: {
          number: 1,
          head: {
            sha: head,
            ref: 'topic',
            label: fork ? 'contributor:topic' : 'acme:topic',
            repo: fork ? { full_name: 'contributor/consumer', owner: { login: 'contributor' } } : repo,
          },
          base: { sha: base, ref: 'main', repo },
        },
      }),
    }),
    close: () => github.close(),
  }
}
