import { http } from '@tokenledger/kit'
import { USER_AGENT } from './announcement.ts'
import { type Clock, startClock } from './clock.ts'
import { type Answer, exchange, LIMITS } from './exchange.ts'
import type { UploadOutcome } from './outcome.ts'
import { buildPayload } from './payload.ts'
import { reserve } from './reserve.ts'
import { keepSecret, type Run, refusal, send, type UploadRequest } from './upload-run.ts'

export type { UploadRequest } from './upload-run.ts'

/** An address of the storage lives ten seconds; a slow upload gets a new one so often. */
const MOST_NEW_ADDRESSES = 2
/**
 * Uploads reports to Codecov: announces them by POST, then sends them to the storage by PUT (protocol of codecov-cli 11.3.1).
 * Trouble with a server or the network is an outcome and never thrown; only a report that cannot be read is. Secrets are
 * masked before anything is said.
 */
export async function uploadToCodecov(request: UploadRequest): Promise<UploadOutcome> {
  const { credentials, reports, network, budgetMs, signal, limits = LIMITS } = request
  if (credentials.kind === 'skip-fork') return { kind: 'skipped-fork', reason: credentials.reason }
  const secrets = new Set<string>()
  if (credentials.kind === 'token') keepSecret(secrets, credentials.token)
  if (credentials.kind === 'oidc') keepSecret(secrets, credentials.requestToken)
  const clock = startClock(budgetMs, signal)
  try {
    // Before the POST, since the address that it answers lives ten seconds.
    const payload = await buildPayload(reports, network, clock.signal)
    return await deliver({ request, payload, clock, limits, secrets })
  } catch (error) {
    if (signal.aborted) return { kind: 'unreachable', reason: 'the job was cancelled' }
    if (clock.signal.aborted) return { kind: 'unreachable', reason: outOfTime(budgetMs, clock) }
    if (error instanceof http.HttpError) return { kind: 'unreachable', reason: error.message }
    throw error
  }
}

function outOfTime(budgetMs: number, clock: Clock): string {
  const trouble = clock.lastTrouble()
  return `not done within upload-timeout ${budgetMs / 1000} s${trouble ? ` (last: ${trouble})` : ''}`
}

async function deliver(run: Run): Promise<UploadOutcome> {
  for (let renewed = 0; ; renewed++) {
    const reserved = await reserve(run)
    if ('kind' in reserved) return reserved
    const stored = await send(run, 'storage', () => store(run, reserved.putUrl))
    if (stored.status >= 200 && stored.status < 300) return { kind: 'uploaded', url: reserved.resultUrl }
    if (stored.status !== 403 || renewed === MOST_NEW_ADDRESSES) return refusal(run, 'storage', stored)
    run.request.say(
      'The storage answered 403, as it does after the ten seconds of its address; asking for another.',
    )
  }
}

/** The PUT; its address is all the permission that the storage wants. */
function store({ payload, limits, clock }: Run, putUrl: string): Promise<Answer> {
  const headers = { accept: '*/*', 'user-agent': USER_AGENT }
  return exchange({ method: 'PUT', url: putUrl, headers, body: payload.chunks }, limits, clock.signal)
}
