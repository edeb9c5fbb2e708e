import { type Incoming, json, type Reply } from '../loopback/server.ts'
import { ApiError, notFound } from './api-error.ts'
import type { Contract } from './contract.ts'
import { demand } from './permissions.ts'
import { paginate } from './protocol.ts'
import type { Match } from './router.ts'
import type { ApiRequest, ApiResponse, World } from './world.ts'

/** Answers an operation of the REST API, and says where request or answer leave GitHub's description. */
export async function restAnswer(
  match: Match,
  incoming: Incoming,
  world: World,
  rules: Contract,
): Promise<{ reply: Reply; problems: string[] }> {
  const { operation, params, handle } = match
  const text = rules.takesBytes(operation) ? '' : await incoming.text()
  const body = text ? JSON.parse(text) : undefined
  const asked = rules.request(operation, body)
  const answer = asked.rejected
    ? errorOf(new ApiError(422, `Invalid request.\n\n${asked.problems.join('\n')}`))
    : await attempt(() => {
        if (params.owner && !sameRepository(world, params)) throw notFound()
        demand(world.settings.permissions, operation)
        return handle(apiRequest(match, incoming, world, body))
      })
  const { reply, value } = replyTo(answer, incoming, world)
  const unchecked = asked.rejected || Buffer.isBuffer(value)
  const wrong = unchecked ? [] : rules.response(operation, answer.status, value)
  return { reply, problems: [...asked.problems, ...wrong] }
}

/** A request as handlers take it. */
export function apiRequest(
  { params }: Match,
  { query, headers, stream }: Incoming,
  world: World,
  body: ApiRequest['body'] = {},
): ApiRequest {
  return { params, query, body, accept: headers.accept ?? '', headers, stream, world }
}

function replyTo(
  { status, body, headers = {} }: ApiResponse,
  incoming: Incoming,
  world: World,
): { reply: Reply; value: unknown } {
  if (body === undefined) return { reply: { status, headers }, value: undefined }
  if (Buffer.isBuffer(body)) return { reply: { status, headers, body }, value: body }
  if (!Array.isArray(body)) return { reply: json(status, body, headers), value: body }
  const { page, link } = paginate(body, incoming, new URL(incoming.path, world.repositoryUrl).href)
  return { reply: json(status, page, { ...headers, ...link }), value: page }
}

function sameRepository({ owner, name }: World, params: Readonly<Record<string, string>>): boolean {
  return `${owner}/${name}`.toLowerCase() === `${params.owner}/${params.repo}`.toLowerCase()
}

async function attempt(handler: () => ApiResponse | Promise<ApiResponse>): Promise<ApiResponse> {
  try {
    return await handler()
  } catch (error) {
    if (error instanceof ApiError) return errorOf(error)
    throw error
  }
}

function errorOf({ status, body }: ApiError): ApiResponse {
  return { status, body }
}
