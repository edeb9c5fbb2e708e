import type { Identity } from './identity.ts'
import type { UploadOutcome } from './outcome.ts'

/** What a message has to name besides the outcome. */
export interface OutcomeContext {
  readonly identity: Identity
  readonly signIn: 'token' | 'oidc' | 'tokenless' | 'skip-fork'
  readonly hasToken: boolean
  readonly oidcAvailable: boolean
  /** `base` and `audience` of the endpoint. */
  readonly url: string
  readonly audience: string
  readonly budgetMs: number
  readonly gate: 'pass' | 'fail' | 'not-applicable'
}

/** The outcome in one line: what happened, for which commit, and the remedy. */
export function outcomeText(outcome: UploadOutcome, context: OutcomeContext): string {
  switch (outcome.kind) {
    case 'uploaded':
      return outcome.url
        ? `Uploaded to Codecov: ${outcome.url}`
        : `Uploaded to Codecov for ${target(context)}.`
    case 'skipped-off':
      return 'Nothing was uploaded to Codecov: upload is off.'
    case 'skipped-fork':
      return `Nothing was uploaded to Codecov for ${target(context)}: ${outcome.reason}.`
    case 'rate-limited':
      return `Codecov answered 429; ${asked(outcome, context)}. ${gateState(context)}; re-run this job later.`
    case 'unreachable':
      return `Nothing was uploaded to Codecov at ${context.url} for ${target(context)}: ${outcome.reason}. ${gateState(context)}; re-run this job later.`
    case 'rejected':
      return rejected(outcome, context)
  }
}

type Of<K extends UploadOutcome['kind']> = Extract<UploadOutcome, { kind: K }>

function target({ identity: { slug, commit } }: OutcomeContext): string {
  return `${slug}@${commit.slice(0, 7)}`
}

function gateState({ gate }: OutcomeContext): string {
  if (gate === 'not-applicable') return 'No gate was asked for'
  return `The gate itself ${gate === 'pass' ? 'passed' : 'failed'}`
}

function asked({ waitS, leftS }: Of<'rate-limited'>, { budgetMs }: OutcomeContext): string {
  const budgetS = budgetMs / 1000
  if (waitS === undefined) return 'it does not say how long to wait, and several tries did not help'
  if (waitS > budgetS) return `it asks to wait ${waitS} s, longer than upload-timeout ${budgetS} s`
  return `it asks to wait ${waitS} s, longer than the ${Math.floor(leftS)} s left of upload-timeout ${budgetS} s`
}

function rejected(outcome: Of<'rejected'>, context: OutcomeContext): string {
  const { by, status, message } = outcome
  const who = by === 'codecov' ? 'Codecov' : "Codecov's storage"
  const words = message ? ` "${message}"` : ''
  const remedy =
    by === 'codecov' ? remedyOf(outcome, context) : 'Re-run this job; if it stays, check the storage.'
  return `${who} answered ${status}${words} for ${target(context)} (${circumstances(context)}). ${remedy}`
}

function circumstances({ identity, signIn, hasToken, oidcAvailable }: OutcomeContext): string {
  const state = (exists: boolean, used: boolean) => (used ? 'used' : exists ? 'not used' : 'none')
  return [
    `event ${identity.event}`,
    `fork ${identity.isFork ? 'yes' : 'no'}`,
    `token ${state(hasToken, signIn === 'token')}`,
    `OIDC ${state(oidcAvailable, signIn === 'oidc')}`,
  ].join(', ')
}

function remedyOf({ status, message }: Of<'rejected'>, context: OutcomeContext): string {
  if (status === 401) return signInRemedy(context)
  if (status === 403) {
    return context.signIn === 'token'
      ? 'codecov-token belongs to another repository or organisation; copy the one of this repository from Codecov.'
      : signInRemedy(context)
  }
  if (/deactivated/i.test(message)) return 'Activate the repository in its settings at Codecov.'
  if (/repository not found/i.test(message)) {
    return `Add the repository at Codecov, or check codecov-url (${context.url}).`
  }
  if (status === 400) return 'The request does not fit this server; report this line as a bug of the action.'
  return `Check codecov-url (${context.url}): what answers there is not Codecov's upload service.`
}

function signInRemedy({ signIn, identity, hasToken, audience, oidcAvailable }: OutcomeContext): string {
  if (signIn === 'token') {
    return `codecov-token is not valid here; copy the upload token of this repository from Codecov${oidcAvailable ? ', or set oidc: auto' : ', or add permissions: id-token: write'}.`
  }
  if (signIn === 'oidc') {
    const other = hasToken ? ', or set oidc: off to use codecov-token' : ''
    return `Codecov does not take this OIDC token (audience ${audience}); check that the repository is set up there and codecov-url is right${other}.`
  }
  if (identity.isFork) {
    return 'A fork cannot sign in; a maintainer can turn off token authentication for public repositories at Codecov.'
  }
  return 'Add permissions: id-token: write, or pass codecov-token.'
}
