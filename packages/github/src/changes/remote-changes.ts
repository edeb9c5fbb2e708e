import { http } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse, wordsOf } from '../client.ts'

/** A changed file as the API lists it; `blob` is the hash of its content after the change. */
export interface RemoteFile {
  readonly path: string
  /** Its path before the change, of what was renamed or copied. */
  readonly before?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged'
  readonly blob: string
  readonly additions: number
  readonly deletions: number
  /** Absent for a large or binary file. */
  readonly patch?: string
}

/** Why there is no answer: `403 Resource not accessible by integration`, or what happened to the connection. */
export interface NoAnswer {
  readonly failure: string
}

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
export const MOST_COMPARED = 300
/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
export const MOST_OF_A_PULL = 3000

export interface RemoteChanges {
  /** Parents of a commit, first one first. */
  parents(commit: string): Promise<readonly string[] | NoAnswer>
  /** Changes of `head` since it left `base`, 300 files at the most; both are hashes, branches or tags. */
  compare(
    base: string,
    head: string,
  ): Promise<{ readonly mergeBase: string; readonly files: readonly RemoteFile[] } | NoAnswer>
  /** Changes of a pull request's head since it left the base branch, from all pages, 3000 files at the most. */
  pullFiles(number: number): Promise<readonly RemoteFile[] | NoAnswer>
}

/** https://docs.github.com/en/rest/commits/commits: `diff-entry`. */
interface DiffEntry {
  readonly filename: string
  readonly previous_filename?: string
  readonly status: RemoteFile['status']
  readonly sha: string
  readonly additions: number
  readonly deletions: number
  readonly patch?: string
}

/**
 * Reads what changed in `repository` (`owner/name`). What GitHub or the network does is an answer here, never an exception: the
 * caller has other ways, and one text for all that failed. Needs `contents: read`, and `pull-requests: read` for pull requests.
 */
export function remoteChanges(client: GitHubClient, repository: string): RemoteChanges {
  const get = async (path: string, query = {}) =>
    bodyOf(await client.request('GET', `/repos/${repository}${path}`, { query }), path)
  return {
    parents: commit =>
      answered(async () => {
        const { parents } = (await get(`/git/commits/${commit}`)) as { parents: { sha: string }[] }
        return parents.map(({ sha }) => sha)
      }),
    compare: (base, head) =>
      answered(async () => {
        // Files come on the first page, all of them; of the commits one is enough.
        const range = `${encodeURIComponent(base)}...${encodeURIComponent(head)}`
        const { merge_base_commit, files } = (await get(`/compare/${range}`, { per_page: 1 })) as {
          merge_base_commit: { sha: string }
          files?: DiffEntry[]
        }
        return { mergeBase: merge_base_commit.sha, files: (files ?? []).map(asRemoteFile) }
      }),
    pullFiles: number =>
      answered(async () => {
        const files: RemoteFile[] = []
        for await (const file of client.paginate(`/repos/${repository}/pulls/${number}/files`)) {
          files.push(asRemoteFile(file as DiffEntry))
        }
        return files
      }),
  }
}

function bodyOf(answer: GitHubResponse, path: string): unknown {
  if (answer.status !== 200) throw new GitHubRefusal(`GET ${path}`, answer)
  return answer.body
}

async function answered<T>(ask: () => Promise<T>): Promise<T | NoAnswer> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof http.HttpError) return { failure: error.message }
    if (!(error instanceof GitHubRefusal)) throw error
    return { failure: `${error.response.status} ${wordsOf(error.response)}`.trimEnd() }
  }
}

function asRemoteFile(entry: DiffEntry): RemoteFile {
  const { filename, previous_filename: before, status, sha, additions, deletions, patch } = entry
  return {
    path: filename,
    ...(before === undefined ? {} : { before }),
    status,
    blob: sha,
    additions,
    deletions,
    ...(patch === undefined ? {} : { patch }),
  }
}
