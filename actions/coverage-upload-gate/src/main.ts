import { displayPercent, percentOf, ratioOf } from '@tokenledger/coverage'
import { annotate, info, notice, UserError, warning } from '@tokenledger/kit'
import type { UploadVerdict } from './codecov/outcome.ts'
import { comment } from './comment.ts'
import { type CoverageInputs, commentFrom, maskTokens, readInputs } from './inputs.ts'
import { type Judged, judgeCoverage } from './judge-coverage.ts'
import { commentOutputs, uploadOutputs } from './outputs.ts'
import { postComment } from './post-comment.ts'
import { appendToSummary, publishFailure, publishVerdict, setOutputs } from './publish.ts'
import { type RunFacts, readRunFacts } from './run-facts.ts'
import { planUpload, type UploadPlan, upload } from './upload.ts'

/**
 * Judges the coverage of a run. The verdict is made, shown and put out before the upload and the comment, whose trouble cannot
 * change it.
 */
export async function main(): Promise<void> {
  maskTokens()
  const from = commentFrom(process.env)
  if (from) return await postComment(from, process.env)
  const facts = await readRunFacts(process.env)
  const decided = await decide(facts)
  if (!decided) return
  const { inputs, judged, plan, reasons } = decided
  const { gate } = judged.view.verdict
  const sent = await upload(plan, inputs.upload, judged.paths, [...judged.tracked], gate, info)
  setOutputs(uploadOutputs(sent))
  const uploadFails = sent.level === 'error' && inputs.gate.failOn.has('upload')
  tell(uploadFails ? 'silent' : sent.level, sent.text)

  const url = sent.outcome.kind === 'uploaded' ? sent.outcome.url : undefined
  const view = { ...judged.view, upload: { text: sent.text, ...(url ? { url } : {}) } }
  const posted = await comment(view, inputs, facts)
  setOutputs(commentOutputs(posted))
  tell(posted.level, posted.text)
  if (inputs.shown.summary) await appendToSummary([sent.text, posted.text])
  fail([...reasons, ...(uploadFails ? [sent.text] : [])])
}

interface Decided {
  readonly inputs: CoverageInputs
  readonly judged: Judged
  readonly plan: UploadPlan
  /** Why the step fails. */
  readonly reasons: readonly string[]
}

/** Judges and publishes the verdict. Undefined when nothing could be judged: that has failed the step, in all its outputs. */
async function decide(facts: RunFacts): Promise<Decided | undefined> {
  let summary = true
  try {
    const inputs = readInputs(process.env)
    summary = inputs.shown.summary
    const plan = planUpload(inputs.upload, facts, process.env)
    const judged = await judgeCoverage(inputs, facts)
    const reasons = reasonsOf(judged, inputs)
    await publishVerdict(judged, inputs, reasons)
    info(verdictText(judged))
    for (const text of judged.view.warnings) warning(text)
    return { inputs, judged, plan, reasons }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    await publishFailure(error.message, summary)
    fail(error.message.split('\n'))
    return undefined
  }
}

/** Why the step fails, before the upload. What keeps a gate from being judged fails with it. */
function reasonsOf({ view, measurement }: Judged, { gate }: CoverageInputs): string[] {
  const { failOn } = gate
  const gates = view.errors.filter(text => !measurement.errors.includes(text))
  return [
    ...(failOn.has('unresolved') ? measurement.errors : []),
    ...(failOn.has('gate') ? [...gates, ...view.verdict.failures.map(({ message }) => message)] : []),
  ]
}

function fail(reasons: readonly string[]): void {
  if (reasons.length === 0) return
  annotate(reasons.map(message => ({ level: 'error', title: 'Coverage gate', message })))
  process.exitCode = 1
}

function verdictText({ view }: Judged): string {
  const { covered, valid } = ratioOf(view.total)
  const total = displayPercent(percentOf(view.total), view.precision)
  const words = { pass: 'passed', fail: 'failed', 'not-applicable': 'no gate' } as const
  const patch =
    view.patch.kind === 'measured' && view.patch.valid > 0
      ? `, changed lines ${view.patch.covered} of ${view.patch.valid}`
      : ''
  return `Coverage ${total}% (${covered} of ${valid})${patch}: ${words[view.verdict.gate]}.`
}

function tell(level: UploadVerdict, text: string): void {
  if (level === 'silent') info(text)
  else if (level === 'notice') notice(text)
  else warning(text)
}
