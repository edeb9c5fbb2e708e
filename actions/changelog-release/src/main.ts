import { githubClient } from '@tokenledger/github'
import { annotate, info, setOutput, UserError, warning, writeSummary } from '@tokenledger/kit'
import { normalizedVersion } from '@tokenledger/versioning'
import { openCheckout } from './checkout.ts'
import { maskToken, type ReleaseInputs, readInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { outputsOf } from './outputs.ts'
import { releaseIn } from './release.ts'
import { readSubject } from './subject.ts'
import { summaryParts, verdict } from './summary.ts'
import { readSurroundings } from './surroundings.ts'

/** GitHub's secondary limits are a minute each, and uploads meet them most. */
const WAIT_BUDGET_MS = 5 * 60_000

/** Releases a version as far as the phase goes; outputs and summary also when it fails. */
export async function main(): Promise<void> {
  const known: Known = { checks: [], warnings: [] }
  maskToken()
  const inputs = readInputs(process.env)
  try {
    await release(inputs, known)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    known.failure = error.message
    delete known.state
    annotate(error.message.split('\n').map(message => ({ level: 'error', title: 'Release', message })))
    process.exitCode = 1
  }
  for (const text of known.warnings) warning(text)
  for (const [name, value] of Object.entries(outputsOf(known))) setOutput(name, value)
  if (inputs.summary) await writeSummary(summaryParts(known, inputs, readSurroundings(process.env)))
  info(verdict(known, inputs))
}

async function release(inputs: ReleaseInputs, known: Known): Promise<void> {
  const at = readSurroundings(process.env)
  const checkout = await openCheckout(inputs, at)
  const subject = readSubject(inputs, at, checkout)
  known.subject = subject
  info(
    `${subject.tag} is version ${normalizedVersion(subject.version)}${subject.isPrerelease ? ', a prerelease' : ''}.`,
  )
  const client = githubClient({
    token: inputs.token,
    apiUrl: at.apiUrl,
    errorPrefix: 'RELEASE',
    waitBudgetMs: WAIT_BUDGET_MS,
  })
  await releaseIn({ client, inputs, at, checkout, subject, known })
}
