import { type Git, gitAt } from '@tokenledger/kit'
import { type GitRepo, gitIn, gitRepo, tempDir } from '@tokenledger/testkit'

/** git as an action has it. */
export function actionGit(root: string): Git {
  return gitAt(root, { serverUrl: 'https://github.com' })
}

/** Before the first commit that {@link server} makes. */
const START = 1_700_000_000

export interface Server extends GitRepo {
  /** Commits so many times to the branch that is checked out, each a minute after the one before; returns the last hash. */
  commits(count: number, message?: string): string
  /** Like actions/checkout: a fetch of one commit at this depth (0: all branches and tags), checked out by its hash. */
  checkout(depth: number, revision?: string): string
}

/** A repository that checkouts come from. */
export function server(): Server {
  process.env.GIT_COMMITTER_DATE = `${START} +0000`
  const repo = gitRepo({ 'README.md': '' })
  delete process.env.GIT_COMMITTER_DATE
  let clock = START
  const commits = (count: number, message = 'feat: more') => {
    const branch = repo.git('symbolic-ref', 'HEAD')
    const made = Array.from({ length: count }, (_, index) => {
      clock += 60
      const from = index === 0 ? [`from ${branch}^0`] : []
      const body = `data ${Buffer.byteLength(message)}\n${message}`
      return [`commit ${branch}`, `committer a <a@example.com> ${clock} +0000`, body, ...from, ''].join('\n')
    })
    gitIn(repo.path, made.join(''))('fast-import', '--quiet')
    return repo.git('rev-parse', 'HEAD')
  }
  return { ...repo, commits, checkout: (depth, revision = 'HEAD') => checkout(repo, depth, revision) }
}

function checkout({ path, git: source }: GitRepo, depth: number, revision: string): string {
  const root = tempDir('checkout-')
  const git = gitIn(root)
  const commit = source('rev-parse', revision)
  const all = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
  const wanted = depth === 0 ? ['origin', ...all] : [`--depth=${depth}`, 'origin', commit]
  git('init', '--quiet')
  git('remote', 'add', 'origin', `file://${path}`)
  git('fetch', '--quiet', '--no-tags', ...wanted)
  git('checkout', '--quiet', '--detach', commit)
  return root
}
