import { notFound, unprocessable } from '../api-error.ts'
import { nodeId, user } from '../models.ts'
import { type ApiRequest, type Comment, now, type Routes, type World } from '../world.ts'

/** GitHub's limit in characters. */
const LONGEST_COMMENT = 65_536

export const issueCommentRoutes: Routes = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': request => {
    const issue = issueOf(request)
    const found = request.world.records.comments.filter(comment => comment.issue === issue)
    return { status: 200, body: found.map(comment => model(request.world, comment)) }
  },

  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': request => {
    const { world } = request
    const issue = issueOf(request)
    const at = now()
    const comment: Comment = {
      id: world.nextId(),
      issue,
      body: bodyOf(request),
      author: 'github-actions[bot]',
      createdAt: at,
      updatedAt: at,
    }
    world.records.comments.push(comment)
    return { status: 201, body: model(world, comment) }
  },

  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': request => ({
    status: 200,
    body: model(request.world, commentOf(request)),
  }),

  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': request => {
    const comment = commentOf(request)
    comment.body = bodyOf(request)
    comment.updatedAt = now()
    return { status: 200, body: model(request.world, comment) }
  },

  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': request => {
    const { comments } = request.world.records
    comments.splice(comments.indexOf(commentOf(request)), 1)
    return { status: 204 }
  },
}

function issueOf({ params, world }: ApiRequest): number {
  const pull = world.records.pulls.find(({ number }) => `${number}` === params.issue_number)
  if (!pull) throw notFound()
  return pull.number
}

function commentOf({ params, world }: ApiRequest): Comment {
  const comment = world.records.comments.find(({ id }) => `${id}` === params.comment_id)
  if (!comment) throw notFound()
  return comment
}

function bodyOf({ body }: ApiRequest): string {
  const text = String(body.body)
  if (text.trim() === '') throw unprocessable('IssueComment', 'body', "body can't be blank")
  if ([...text].length > LONGEST_COMMENT) {
    throw unprocessable('IssueComment', 'body', `body is too long (maximum is ${LONGEST_COMMENT} characters)`)
  }
  return text
}

function model({ repositoryUrl, htmlUrl }: World, comment: Comment): object {
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${repositoryUrl}/issues/comments/${comment.id}`,
    html_url: `${htmlUrl}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl}/issues/${comment.issue}`,
    body: comment.body,
    user: user(comment.author),
    author_association: 'NONE',
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  }
}
