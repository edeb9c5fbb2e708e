import { secondsOf } from '../closing-table.ts'
import type { Played } from '../play.ts'
import { evidence, placeOf } from '../progress.ts'
import { isGood, type JobVerdict, type Outcome } from '../record/verdict.ts'
import { escapeHtml } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { bytes, card, code, table } from './parts.ts'

/** A run's page: its jobs, what failed, annotations, comments, summaries and artifacts. `place` begins its anchors. */
export function runPage({ verdicts, comments, artifacts }: Played, place = ''): string {
  return `${jobsTable(verdicts, place)}
${verdicts.map(failureLog).join('')}
${annotations(verdicts)}
${comments.map(comment).join('')}
${verdicts.map((verdict, index) => summary(verdict, `${place}summary-${index}`)).join('')}
${artifactsTable(artifacts)}`
}

/** `acme/consumer · push · 0123abc`, with the tag where the run is at one. */
export function runLine({ event, commit }: Played): string {
  const at = commit.tag ? [`tag ${commit.tag.name}`] : []
  return [commit.repository, event, ...at, commit.sha.slice(0, 7)].join(' · ')
}

function jobsTable(verdicts: readonly JobVerdict[], place: string): string {
  const rows = verdicts.map((verdict, index) => {
    const { name, outcome, run } = verdict
    const link =
      run && run.summaries.length > 0
        ? `<a href="#${place}summary-${index}">${escapeHtml(name)}</a>`
        : escapeHtml(name)
    const reason = 'reason' in outcome ? `<small>${escapeHtml(outcome.reason)}</small>` : ''
    return `<tr><td>${link}${reason}</td><td class="result ${classOf(outcome)}">${outcome.kind}</td><td class="number">${secondsOf(verdict)}</td></tr>`
  })
  return card(
    'Jobs',
    `<table class="list"><thead><tr><th>Job</th><th>Result</th><th class="number">Seconds</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`,
  )
}

function failureLog({ name, outcome, run }: JobVerdict): string {
  if (isGood(outcome) || !run) return ''
  return run.steps
    .filter(step => step.result === 'failure')
    .map(step => {
      const log = `<pre class="log">${escapeHtml(evidence(run, step).join('\n'))}</pre>`
      return card(`${escapeHtml(name)} <span>failed in ${escapeHtml(step.name)}</span>`, log)
    })
    .join('')
}

function annotations(verdicts: readonly JobVerdict[]): string {
  const rows = verdicts.flatMap(({ name, run }) =>
    (run?.annotations ?? []).map(annotation => {
      const title = annotation.title ? `<b>${escapeHtml(annotation.title)}</b> ` : ''
      const place = placeOf(annotation).replace(/: $/, '')
      const where = `${escapeHtml(name)}${place ? ` · <code>${escapeHtml(place)}</code>` : ''}`
      return `<tr><td class="result ${annotation.level}">${annotation.level}</td><td>${title}${escapeHtml(annotation.message)}<small>${where}</small></td></tr>`
    }),
  )
  if (rows.length === 0) return ''
  return card(
    `Annotations <span>${rows.length}</span>`,
    `<table class="list"><tbody>${rows.join('\n')}</tbody></table>`,
  )
}

function summary({ name, run }: JobVerdict, id: string): string {
  if (!run || run.summaries.length === 0) return ''
  const body = renderMarkdown(run.summaries.join('\n\n'))
  return card(`${escapeHtml(name)} <span>summary</span>`, `<div class="markdown-body">${body}</div>`, id)
}

function comment(markdown: string): string {
  return card('Comment on the pull request', `<div class="markdown-body">${renderMarkdown(markdown)}</div>`)
}

function artifactsTable(artifacts: Played['artifacts']): string {
  if (artifacts.length === 0) return ''
  const rows = artifacts.map(({ name, size, digest }) => [escapeHtml(name), bytes(size), code(digest)])
  return card(`Artifacts <span>${rows.length}</span>`, table(['Name', 'Size', 'Digest'], rows, ['Size']))
}

function classOf({ kind }: Outcome): string {
  const classes = {
    success: 'success',
    failure: 'failure',
    'not run': 'failure',
    skipped: 'skipped',
    'allowed failure': 'warning',
  }
  return classes[kind]
}
