import { shortHash } from '@tokenledger/changelog'
import { codeSpan, details, markdownTable, plainText, type SummaryPart } from '@tokenledger/kit'
import type { BumpInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { commitList, driftSection } from './pull-request-body.ts'

/** The verdict first, then what to do next, then what it is made of. */
export function summaryParts(
  known: Known,
  inputs: Pick<BumpInputs, 'mode' | 'dryRun' | 'allowHooks'>,
): SummaryPart[] {
  const { plan, failure, warnings } = known
  const part = (markdown: string, dropOrder: number): SummaryPart => ({ markdown, dropOrder })
  const bump = plan?.kind === 'bump' ? plan : undefined
  return [
    part(`### ${verdict(known, inputs)}`, 0),
    ...(failure ? [part(plainText(failure), 0)] : []),
    ...(nextStep(known, inputs) ? [part(nextStep(known, inputs), 1)] : []),
    ...(reasonOf(known) ? [part(`**Why:** ${plainText(reasonOf(known))}`, 1)] : []),
    ...(warnings.length > 0 ? [part(warnings.map(text => `- ${plainText(text)}`).join('\n'), 2)] : []),
    ...(bump && bump.drift.length > 0 ? [part(driftSection(bump), 3)] : []),
    ...(bump ? [part(details('Notes', bump.notes.trim() || 'None.'), 4)] : []),
    ...(bump ? [part(details(`Files (${bump.edits.length})`, filesTable(bump.edits)), 5)] : []),
    ...(plan
      ? [
          part(
            details(
              `Commits since ${plan.past.previous?.tag ?? 'the beginning'} (${plan.past.commits.length})`,
              commitList(plan),
            ),
            6,
          ),
        ]
      : []),
    ...(plan ? [part(details('How this was decided', decided(known, inputs)), 6)] : []),
  ]
}

/** One line without markup at its beginning; also the last line of the log. */
export function verdict(known: Known, { mode, dryRun }: Pick<BumpInputs, 'mode' | 'dryRun'>): string {
  const { plan, pull, commit, tagged, release, failure } = known
  if (failure) return '❌ The version was not bumped'
  if (mode === 'tag') return tagVerdict(known, dryRun)
  if (!plan || plan.kind === 'nothing')
    return `✅ Nothing to release; the version stays ${plan?.current.text ?? ''}`
  const step = `${plan.current.text} → ${plan.version.text}`
  if (dryRun) return `Dry run: ${step}, nothing was written`
  if (pull) return `✅ ${step}: pull request #${pull.number} ${pull.kind}`
  if (tagged)
    return `✅ ${step}: committed ${commit?.sha.slice(0, 7)}, tagged ${plan.tag}${release ? ', release started' : ''}`
  return `✅ ${step}: ${known.written?.length ?? 0} files written`
}

function tagVerdict({ changed, tag, tagged, release, version }: Known, dryRun: boolean): string {
  if (!changed) return `✅ Nothing to tag; the version is ${version ?? 'unknown'}`
  if (dryRun) return `Dry run: ${tag} would be tagged here, nothing was written`
  const started = release
    ? release.kind === 'created'
      ? ', release started'
      : ', its release has run already'
    : ''
  return `✅ ${tag} ${tagged === 'already' ? 'is here already' : 'tagged'}${started}`
}

function nextStep({ pull, release, failure }: Known, { dryRun }: Pick<BumpInputs, 'dryRun'>): string {
  if (failure || dryRun) return ''
  if (pull) {
    return `Next: review and merge [#${pull.number}](${pull.url}). Its checks wait for **Approve workflows to run** there unless github-token is that of an app.`
  }
  return release ? `Next: the release runs at ${release.url}` : ''
}

function reasonOf({ plan, reason }: Known): string {
  if (plan?.kind === 'bump') return plan.reason
  return plan?.kind === 'nothing' ? plan.next.reason : (reason ?? '')
}

function filesTable(
  edits: readonly { readonly path: string; readonly before: string; readonly after: string }[],
): string {
  const rows = edits.map(({ path, before, after }) => [codeSpan(path), String(changedLines(before, after))])
  return markdownTable(['file', 'lines changed'], rows)
}

/** Lines of the new text that the old one does not have. */
function changedLines(before: string, after: string): number {
  const old = new Set(before.split('\n'))
  return after.split('\n').filter(line => !old.has(line)).length
}

function decided({ plan }: Known, { allowHooks }: Pick<BumpInputs, 'allowHooks'>): string {
  if (!plan) return ''
  const { current, past } = plan
  const unparsed = plan.next.decision?.unparsed.length ?? 0
  const doubtful = plan.next.decision?.doubtful ?? []
  const lines = [
    `Version: ${current.text}, from ${current.reason}.`,
    `Previous tag: ${past.previous ? past.previous.tag : 'none; this is the first release'}.`,
    ...(past.repaired ? [`History: ${past.repaired}.`] : []),
    ...(unparsed > 0
      ? [
          `${unparsed} ${unparsed === 1 ? 'commit is' : 'commits are'} not in the form of Conventional Commits and ${unparsed === 1 ? 'decides' : 'decide'} nothing.`,
        ]
      : []),
    ...(doubtful.length > 0
      ? [`Commits that speak of a break where it does not count: ${doubtful.map(shortHash).join(', ')}.`]
      : []),
    ...(plan.kind === 'bump' ? [`Changelog: ${plan.notesSource}`] : []),
    ...(plan.kind === 'bump' && plan.hooks.length > 0 && !allowHooks
      ? [`Hooks of the configuration were not run: ${plan.hooks.length}.`]
      : []),
  ]
  return lines.map(line => `- ${plainText(line)}`).join('\n')
}
