import {
  bareClone,
  type Git,
  type GitHubApi,
  gitIn,
  gitRepo,
  type RepositorySettings,
  startGitHubApi,
} from '@tokenledger/testkit'
import { type GitHubClient, githubClient } from '../src/client.ts'
import { repository } from './release.ts'

export * from './release.ts'

/** A repository on the stand-in, its bare git, and a client that does not wait long. */
export interface Remote {
  readonly github: GitHubApi
  readonly git: Git
  readonly client: GitHubClient
  /** Where `main` was at the start. */
  readonly main: string
  close(): Promise<void>
}

const RELEASE = 'on:\n  workflow_dispatch:\n    inputs:\n      tag: {}\n'

export async function remote(settings: Partial<RepositorySettings> = {}): Promise<Remote> {
  const source = gitRepo({
    'pkg/__init__.py': '__version__ = "1.2.2"\n',
    'old.txt': 'old\n',
    'run.sh': 'true\n',
    '.github/workflows/release.yml': RELEASE,
    '.github/workflows/plain.yml': 'on: push\n',
  })
  source.git('update-index', '--chmod=+x', 'run.sh')
  source.git('commit', '--quiet', '--amend', '--no-edit')
  const folder = bareClone(source)
  const github = await startGitHubApi({ repository, git: folder, settings })
  const client = githubClient({ token: 't', apiUrl: github.url, waits: [1, 1, 1] })
  const git = gitIn(folder)
  return { github, git, client, main: git('rev-parse', 'main'), close: () => github.close() }
}
