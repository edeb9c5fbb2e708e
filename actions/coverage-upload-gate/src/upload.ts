import { basename, isAbsolute } from 'node:path'
import type { Verdict } from '@tokenledger/coverage'
import {
  type CredentialDecision,
  type CredentialFacts,
  credentialsFor,
  decideCredentials,
  decisionLine,
  hasOidc,
} from './codecov/credentials.ts'
import { endpointOf } from './codecov/endpoint.ts'
import { type Identity, identityOf } from './codecov/identity.ts'
import { type UploadOutcome, type UploadVerdict, uploadVerdict } from './codecov/outcome.ts'
import { outcomeText } from './codecov/outcome-text.ts'
import { uploadToCodecov } from './codecov/upload.ts'
import type { ReportPath } from './find-reports.ts'
import type { UploadInputs } from './inputs.ts'
import type { RunFacts } from './run-facts.ts'

/** What became of the upload, and what that means for the step. */
export interface Upload {
  readonly outcome: UploadOutcome
  readonly level: UploadVerdict
  /** One line. */
  readonly text: string
}

export interface UploadPlan {
  readonly identity: Identity
  readonly facts: CredentialFacts
  /** Undefined when nothing is to be sent; `why` says so. */
  readonly decision: CredentialDecision | undefined
  readonly why: string
  readonly base: string
  readonly audience: string
}

/**
 * Decides where reports go and with what sign-in, before anything is measured: mistakes here are told at once. Throws a
 * UserError for an address or an `oidc` that cannot be.
 */
export function planUpload(inputs: UploadInputs, { event }: RunFacts, env: NodeJS.ProcessEnv): UploadPlan {
  const { base, audience } = endpointOf(inputs.url)
  const identity = identityOf(env, event.payload, inputs.name)
  const facts: CredentialFacts = {
    event: identity.event,
    isFork: identity.isFork,
    isPrivate: identity.isPrivate,
    hasToken: inputs.token !== '',
    oidcAvailable: hasOidc(env),
    oidcInput: inputs.oidc,
  }
  const plan = { identity, facts, base, audience }
  if (inputs.mode === 'off') return { ...plan, decision: undefined, why: 'upload is off' }
  const decision = decideCredentials(facts)
  // Without being asked, `auto` does not try what an organisation has to allow first.
  if (inputs.mode === 'auto' && decision.kind === 'tokenless' && !facts.isFork) {
    const why = 'upload is auto, and this job has neither codecov-token nor id-token: write'
    return { ...plan, decision: undefined, why }
  }
  return { ...plan, decision, why: decision.reason }
}

/** Uploads what was planned. Trouble with servers is an outcome. */
export async function upload(
  plan: UploadPlan,
  inputs: UploadInputs,
  reports: readonly ReportPath[],
  network: readonly string[],
  gate: Verdict['gate'],
  say: (line: string) => void,
): Promise<Upload> {
  const { identity, facts, decision, base, audience } = plan
  if (!decision) {
    const text = `Nothing was uploaded to Codecov: ${plan.why}.`
    return { outcome: { kind: 'skipped-off' }, level: 'silent', text }
  }
  say(decisionLine(facts, identity.branch, decision))
  const outcome = await uploadToCodecov({
    reports: reports.map(({ absolute, shown }) => ({
      absolute,
      path: isAbsolute(shown) ? basename(shown) : shown,
    })),
    network,
    identity,
    credentials: credentialsFor(decision, { token: inputs.token, audience, env: process.env }),
    url: base,
    flags: inputs.flags,
    budgetMs: inputs.timeoutMs,
    signal: new AbortController().signal,
    say,
  })
  const text = outcomeText(outcome, {
    identity,
    signIn: decision.kind,
    hasToken: facts.hasToken,
    oidcAvailable: facts.oidcAvailable,
    url: base,
    audience,
    budgetMs: inputs.timeoutMs,
    gate,
  })
  return { outcome, level: uploadVerdict(inputs.mode, outcome, facts.isFork), text }
}
