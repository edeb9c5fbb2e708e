import { gitIn } from '../git.ts'
import { removeDir, tempDir } from '../temp-dir.ts'
import { closePull, pullOfNumber, shasOf } from './pull-state.ts'
import type { Pull, World } from './world.ts'

export type MergeMethod = 'merge' | 'squash' | 'rebase'

/**
 * Merges a pull request as its button does, with GitHub's messages, and gives the SHA that the base branch then is at.
 * Throws git's words when there is a conflict.
 */
export function mergePull(world: World, number: number, method: MergeMethod): string {
  const pull = pullOfNumber(world, `${number}`)
  const [base, head] = shasOf(world, pull)
  const folder = tempDir('merge-')
  try {
    world.git.run('worktree', 'add', '--quiet', '--force', '--detach', folder, base)
    const sha = merged(world, pull, { folder, base, head, method })
    closePull(world, pull)
    pull.mergeCommit = sha
    world.git.setRef(`refs/heads/${pull.base}`, sha)
    return sha
  } finally {
    world.git.try('worktree', 'remove', '--force', folder)
    removeDir(folder)
  }
}

interface Merge {
  readonly folder: string
  readonly base: string
  readonly head: string
  readonly method: MergeMethod
}

function merged({ git, owner }: World, pull: Pull, { folder, base, head, method }: Merge): string {
  const local = gitIn(folder)
  if (method === 'merge') {
    const message = `Merge pull request #${pull.number} from ${owner}/${pull.head}\n\n${pull.title}`
    local('merge', '--quiet', '--no-ff', '-m', message, head)
  } else if (method === 'squash') {
    local('merge', '--quiet', '--squash', head)
    local('commit', '--quiet', '--message', squashMessage(pull, git.log(`${base}..${head}`).reverse()))
  } else {
    local('cherry-pick', '--allow-empty', `${base}..${head}`)
  }
  return local('rev-parse', 'HEAD')
}

/** One commit keeps its message; the messages of several are listed under the title of the pull request. */
function squashMessage({ number, title }: Pull, commits: readonly { readonly message: string }[]): string {
  const [only, ...others] = commits
  if (only && others.length === 0) {
    const [headline = '', ...body] = only.message.split('\n')
    return [`${headline} (#${number})`, ...body].join('\n')
  }
  return `${title} (#${number})\n\n${commits.map(({ message }) => `* ${message}`).join('\n\n')}`
}
