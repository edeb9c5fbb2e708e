import { readFile, stat } from 'node:fs/promises'
import type { Links } from '@tokenledger/coverage'
import { commentMarker, commentNeeded, renderReport } from '@tokenledger/coverage'
import { githubClient, upsertComment } from '@tokenledger/github'
import { info, notice, setOutput, UserError } from '@tokenledger/kit'
import { readCommentFile } from './comment-file.ts'
import type { CommentFromInputs } from './inputs.ts'
import { type RunFacts, readRunFacts, type WorkflowRun } from './run-facts.ts'

/** A view of thousands of files is below; a larger one is not what this action has written. */
const MOST_BYTES = 8 * 1024 * 1024

/**
 * Posts what a run for a fork has left in a file. The pull request is the open one whose head that run has tested, as GitHub
 * tells it, never as the file does. Throws a UserError for a file that is none of ours, and when GitHub refuses.
 */
export async function postComment(inputs: CommentFromInputs, env: NodeJS.ProcessEnv): Promise<void> {
  const facts = await readRunFacts(env)
  const run = facts.event.payload.workflow_run
  if (!run?.head_sha) {
    throw new UserError(
      'Input comment-from is for workflows that start on workflow_run; this event names no run. Remove it elsewhere.',
    )
  }
  const pull = await pullOf(run, facts, inputs.token)
  if (pull === undefined) {
    notice(`No open pull request has the head ${run.head_sha.slice(0, 7)} any more, so nothing is posted.`)
    return setOutput('comment-url', '')
  }
  const view = readCommentFile(await textOf(inputs.file), linksOf(facts, run, pull))
  const { action, reason } = commentNeeded('auto', view)
  const outcome = await upsertComment({
    repository: facts.links.repository,
    issue: pull,
    marker: commentMarker(inputs.key),
    body: renderReport(view, { medium: 'comment', key: inputs.key }),
    token: inputs.token,
    apiUrl: facts.apiUrl,
    onlyUpdate: action === 'update',
  })
  if (outcome.kind === 'refused') throw new UserError(outcome.reason)
  const url = outcome.kind === 'none' ? '' : outcome.url
  setOutput('comment-url', url)
  info(url ? `Comment ${outcome.kind}: ${url}` : `No comment: ${reason}.`)
}

/** GitHub's payload names no pull request when it comes from a fork, so it is looked for by branch and commit. */
async function pullOf(
  { head_sha, head_branch, head_repository }: WorkflowRun,
  { apiUrl, links }: RunFacts,
  token: string,
): Promise<number | undefined> {
  const owner = head_repository?.owner?.login ?? head_repository?.full_name?.split('/')[0]
  if (!owner || !head_branch) return undefined
  const client = githubClient({ token, apiUrl })
  const query = { state: 'open', head: `${owner}:${head_branch}` }
  for await (const each of client.paginate(`/repos/${links.repository}/pulls`, { query })) {
    const { number, head } = each as { number: number; head: { sha: string } }
    if (head.sha === head_sha) return number
  }
  return undefined
}

function linksOf({ links }: RunFacts, { head_sha = '', html_url }: WorkflowRun, pull: number): Links {
  return { ...links, pull, runUrl: html_url ?? links.runUrl, testedSha: head_sha, headSha: head_sha }
}

async function textOf(path: string): Promise<string> {
  const { size } = await stat(path).catch(() => ({ size: -1 }))
  if (size < 0) throw new UserError(`There is no file ${path}, which comment-from names.`)
  if (size > MOST_BYTES) {
    throw new UserError(`${path} has ${size} bytes; a report for a comment has no more than ${MOST_BYTES}.`)
  }
  return readFile(path, 'utf8')
}
