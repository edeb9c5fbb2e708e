import { getOctokit } from '@actions/github'
import {
  bareClone,
  type Git,
  type GitHubApi,
  type GitRepo,
  gitIn,
  gitRepo,
  startGitHubApi,
} from '@tokenledger/testkit'

export const repo = { owner: 'acme', repo: 'consumer' }
export const WORKFLOW = '.github/workflows/release.yml'

/** The stand-in over a repository whose workflow can be dispatched at main, but not at the tag v1. */
export interface GitHubLab {
  readonly source: GitRepo
  readonly github: GitHubApi
  readonly octokit: ReturnType<typeof getOctokit>['rest']
  readonly bare: Git
  /** The commit of main. */
  readonly main: string
  branch(name: string, sha?: string): ReturnType<GitHubLab['octokit']['git']['createRef']>
  /** Pushes a branch with a commit of its own, and gives that. */
  work(name: string): string
}

export async function githubLab(): Promise<GitHubLab> {
  const source = gitRepo({ 'README.md': '# one\n', [WORKFLOW]: 'on: push\n' })
  source.git('tag', 'v1')
  const main = source.commit({
    [WORKFLOW]:
      'on:\n  push:\n  workflow_dispatch:\n    inputs:\n      tag: { required: true }\n      dry: {}\n',
  })
  const folder = bareClone(source)
  const bare = gitIn(folder)
  const github = await startGitHubApi({ repository: 'acme/consumer', git: folder })
  const octokit = getOctokit('runner-token', { baseUrl: github.url }).rest
  return {
    source,
    github,
    octokit,
    bare,
    main,
    branch: (name, sha = main) => octokit.git.createRef({ ...repo, ref: `refs/heads/${name}`, sha }),
    work: name => {
      source.git('switch', '--quiet', '--create', name, main)
      const sha = source.commit({ [`${name}.txt`]: name }, `feat: ${name}`)
      source.git('push', '--quiet', folder, name)
      return sha
    },
  }
}
