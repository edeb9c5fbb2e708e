import { ApiError, notFound } from '../api-error.ts'
import { changedFiles } from '../changed-files.ts'
import { commit, diffEntry, gitCommit } from '../models.ts'
import type { Routes, World } from '../world.ts'

/** GitHub lists no more files than this in a comparison. */
const COMPARED_FILES = 300

export const commitRoutes: Routes = {
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': ({ params, world }) => {
    const found = world.git.commit(params.commit_sha ?? '')
    if (!found) throw notFound()
    return { status: 200, body: gitCommit(world, found) }
  },

  'GET /repos/{owner}/{repo}/commits': ({ query, world }) => {
    const start = world.git.resolve(query.get('sha') || world.git.defaultBranch)
    if (!start) throw notFound()
    const found = world.git.log(start, query.get('path') || undefined)
    return { status: 200, body: found.map(one => commit(world, one)) }
  },

  'GET /repos/{owner}/{repo}/commits/{ref}': ({ params, world }) => {
    const found = world.git.commit(commitSha(world, params.ref ?? ''))
    if (!found) throw notFound()
    const files = changedFiles(world.git, found.parents[0], found.sha)
    const additions = files.reduce((sum, file) => sum + file.additions, 0)
    const deletions = files.reduce((sum, file) => sum + file.deletions, 0)
    const body = {
      ...commit(world, found),
      stats: { additions, deletions, total: additions + deletions },
      files: files.map(file => diffEntry(world, file, found.sha)),
    }
    return { status: 200, body }
  },

  'GET /repos/{owner}/{repo}/compare/{basehead}': ({ params, world }) => {
    const [base = '', head = ''] = (params.basehead ?? '').split('...')
    return { status: 200, body: comparison(world, withoutOwner(base), withoutOwner(head)) }
  },
}

function comparison(world: World, base: string, head: string): object {
  const { git, repositoryUrl, htmlUrl } = world
  const [from, to] = [git.resolve(base), git.resolve(head)]
  if (!from || !to) throw notFound()
  const fork = git.mergeBase(from, to)
  if (!fork) throw new ApiError(404, `No common ancestor between ${base} and ${head}.`)
  const ahead = git.log(`${fork}..${to}`)
  const behind = git.log(`${fork}..${from}`)
  const permalink = `${htmlUrl}/compare/${from}...${to}`
  const at = (sha: string) => {
    const found = git.commit(sha)
    if (!found) throw notFound()
    return commit(world, found)
  }
  return {
    url: `${repositoryUrl}/compare/${base}...${head}`,
    html_url: `${htmlUrl}/compare/${base}...${head}`,
    permalink_url: permalink,
    diff_url: `${permalink}.diff`,
    patch_url: `${permalink}.patch`,
    base_commit: at(from),
    merge_base_commit: at(fork),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.reverse().map(one => commit(world, one)),
    files: changedFiles(git, fork, to)
      .slice(0, COMPARED_FILES)
      .map(file => diffEntry(world, file, to)),
  }
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged'
  if (ahead > 0) return 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}

/** `owner:branch` → `branch`. */
function withoutOwner(revision: string): string {
  return revision.slice(revision.indexOf(':') + 1)
}

/** The commit that a route names; an unknown one is GitHub's 422. */
export function commitSha(world: World, revision: string): string {
  const sha = world.git.resolve(revision)
  if (!sha) throw new ApiError(422, `No commit found for SHA: ${revision}`)
  return sha
}
