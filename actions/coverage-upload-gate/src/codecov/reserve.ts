import { withoutCredentials } from '@tokenledger/kit'
import { announcement, USER_AGENT } from './announcement.ts'
import { askedWait, type Reservation, reservationOf, wordsOf } from './answers.ts'
import { uploadUrl } from './endpoint.ts'
import { type Answer, exchange } from './exchange.ts'
import { oidcToken } from './oidc.ts'
import type { UploadOutcome } from './outcome.ts'
import { keepSecret, type Run, refusal, send } from './upload-run.ts'

/** How often a 429 without a time is taken for "soon". */
const MOST_BLIND_WAITS = 3

/** The POST; a 429 is waited for while there is time. */
export async function reserve(run: Run): Promise<Reservation | UploadOutcome> {
  const { clock, request, limits } = run
  for (let waits = 0; ; waits++) {
    const answer = await send(run, 'codecov', () => announce(run))
    if (answer.status !== 429) return reserved(run, answer)
    const waitS = askedWait(answer)
    const leftS = clock.leftMs() / 1000
    // Grows, so that a server which always asks for no time at all is not asked without end.
    const pauseS = Math.max(waitS ?? 0, (limits.backOffMs / 1000) * 2 ** waits)
    const isVain = waitS === undefined && waits === MOST_BLIND_WAITS
    if (isVain || pauseS > leftS) return { kind: 'rate-limited', waitS, leftS }
    const words = wordsOf(answer, [...run.secrets])
    clock.note(`HTTP 429 "${words}"`)
    request.say(`Codecov answered 429 "${words}"; waiting ${pauseS} s of the ${Math.floor(leftS)} s left.`)
    await clock.pause(pauseS * 1000)
  }
}

function reserved(run: Run, answer: Answer): Reservation | UploadOutcome {
  if (answer.status < 200 || answer.status >= 300) return refusal(run, 'codecov', answer)
  const reservation = reservationOf(answer)
  if (!reservation) return refusal(run, 'codecov', answer)
  const { search, searchParams } = new URL(reservation.putUrl)
  const values = [...searchParams.values()].filter(value => value.length >= SHORTEST_SIGNATURE)
  for (const secret of [search.slice(1), ...values]) keepSecret(run.secrets, secret)
  run.request.say(
    `Codecov takes the upload; sending ${run.payload.bytes} bytes to ${withoutCredentials(reservation.putUrl)}.`,
  )
  return reservation
}

/** Shorter values of an address (expiry, region) are words that the log needs. */
const SHORTEST_SIGNATURE = 16

async function announce(run: Run): Promise<Answer> {
  const { request, payload, limits, clock } = run
  const { identity, flags, url } = request
  const authorization = await authorizationOf(run)
  return exchange(
    {
      method: 'POST',
      url: uploadUrl(url, identity),
      headers: {
        ...authorization,
        accept: '*/*',
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
      },
      body: [Buffer.from(JSON.stringify(announcement(identity, flags, payload.bytes)))],
    },
    limits,
    clock.signal,
  )
}

async function authorizationOf({
  request,
  limits,
  clock,
  secrets,
}: Run): Promise<{ authorization?: string }> {
  const { credentials } = request
  if (credentials.kind === 'token') return { authorization: `token ${credentials.token}` }
  if (credentials.kind !== 'oidc') return {}
  const token = await oidcToken(credentials, limits, clock.signal)
  secrets.add(token)
  return { authorization: `token ${token}` }
}
