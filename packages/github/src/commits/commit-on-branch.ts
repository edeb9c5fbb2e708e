import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse } from '../client.ts'
import { typesIn } from '../graphql-data.ts'
import { type BranchHead, headOf } from '../refs/branch-head.ts'
import { settled } from '../settled.ts'
import { protectedBranch, violatedRule } from '../write-problem.ts'
import { filesOf, refuseOtherModes } from './tree-files.ts'

export interface FileAddition {
  readonly path: string
  readonly content: string | Uint8Array
}

/** What a commit says and changes. */
export interface CommitContent {
  /** First line, blank line, text. */
  readonly message: string
  /** The line of the message by which a later run knows the commit: `Release-Version: 1.2.3`. */
  readonly trailer: string
  /** Files that are created or get new content. */
  readonly additions: readonly FileAddition[]
  readonly deletions: readonly string[]
}

export interface CommitWish extends CommitContent {
  /** `owner/name` */
  readonly repository: string
  readonly branch: string
  /** Where the branch has to be. */
  readonly expectedHead: string
}

export interface MadeCommit {
  /** `already`: a run before this one made it. */
  readonly kind: 'created' | 'already'
  readonly sha: string
  /** GitHub signed it. */
  readonly verified: boolean
}

type Made = Omit<MadeCommit, 'kind'>

const MUTATION = `mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid signature { isValid } } }
}`

/**
 * Commits on a branch, signed by GitHub, if the branch is still where it is expected; a commit of ours that is there on top
 * of that is taken. Needs `contents: write`.
 * Throws UserErrors BUMP_STALE, BUMP_PROTECTED, BUMP_FILE_MODE, BUMP_FORBIDDEN and BUMP_NO_ANSWER.
 */
export async function commitOnBranch(client: GitHubClient, wish: CommitWish): Promise<MadeCommit> {
  const { repository, branch, expectedHead } = wish
  if (!wish.message.split('\n').includes(wish.trailer)) throw new Error('the message lacks its trailer')
  let looked = false
  const { kind, value } = await settled<Made>(client, {
    call: 'GraphQL createCommitOnBranch',
    needs: 'contents: write',
    read: async () => ownCommit(await headOf(client, repository, branch), wish),
    write: async () => {
      if (!looked) {
        const paths = wish.additions.map(({ path }) => path)
        refuseOtherModes(await filesOf(client, { repository, sha: expectedHead }, paths))
        looked = true
      }
      return client.graphql(MUTATION, { input: inputOf(wish) })
    },
    made: answer => madeBy(answer, branch),
  })
  return { kind, ...value }
}

/** Ours when it is there; undefined when the branch waits for it. */
function ownCommit(head: BranchHead | undefined, wish: CommitWish): Made | undefined {
  if (head?.sha === wish.expectedHead) return undefined
  if (head && isOwn(head, wish.expectedHead, wish.trailer)) return { sha: head.sha, verified: head.verified }
  throw stale(wish, head?.sha)
}

/** Whether a commit was made by us on top of `parent`. */
export function isOwn({ parents, message }: BranchHead, parent: string, trailer: string): boolean {
  return parents.length === 1 && parents[0] === parent && message.split('\n').includes(trailer)
}

function stale({ branch, expectedHead }: CommitWish, now: string | undefined): UserError {
  return new UserError(
    now === undefined
      ? `BUMP_STALE: ${branch} at ${expectedHead} was deleted while bumping`
      : `BUMP_STALE: ${branch} moved from ${expectedHead} to ${now} while bumping`,
  )
}

function inputOf(wish: CommitWish): object {
  const [headline = '', ...rest] = wish.message.split('\n')
  const body = rest.join('\n').trim()
  return {
    branch: { repositoryNameWithOwner: wish.repository, branchName: wish.branch },
    expectedHeadOid: wish.expectedHead,
    message: { headline, ...(body ? { body } : {}) },
    fileChanges: {
      additions: wish.additions.map(({ path, content }) => ({
        path,
        contents: Buffer.from(content as Uint8Array).toString('base64'),
      })),
      deletions: wish.deletions.map(path => ({ path })),
    },
  }
}

function madeBy(answer: GitHubResponse, branch: string): Made | undefined {
  if (typesIn(answer).includes('STALE_DATA')) return undefined
  const rule = violatedRule(answer)
  if (rule) throw protectedBranch(branch, rule)
  const { data } = (answer.body ?? {}) as {
    data?: {
      createCommitOnBranch: { commit: { oid: string; signature: { isValid: boolean } | null } } | null
    }
  }
  const commit = data?.createCommitOnBranch?.commit
  if (!commit) throw new GitHubRefusal('createCommitOnBranch', answer)
  return { sha: commit.oid, verified: commit.signature?.isValid ?? false }
}
