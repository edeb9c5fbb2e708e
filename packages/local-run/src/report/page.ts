import { secondsOf } from '../closing-table.ts'
import { evidence, placeOf } from '../progress.ts'
import { isGood, type JobVerdict, type Outcome } from '../record/verdict.ts'
import { escapeHtml } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import type { ReportContent } from './report.ts'
import { STYLE } from './style.ts'

/** The whole page; scripts are forbidden by its own policy as well. */
export function page(content: ReportContent, markdownStyle: string): string {
  const { verdicts, sentence, repository, sha, event } = content
  const isPassed = verdicts.every(({ outcome }) => isGood(outcome))
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src https: data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(sentence)}</title>
<style>${markdownStyle}${STYLE}</style>
</head>
<body><main>
<header><div class="seal ${isPassed ? 'good' : 'bad'}">${isPassed ? '✓' : '✗'}</div><div>
<h1>${escapeHtml(sentence)}</h1>
<p>${escapeHtml(repository)} · ${escapeHtml(event)} · ${escapeHtml(sha.slice(0, 7))} · on this computer, without GitHub</p></div></header>
${jobsTable(verdicts)}
${verdicts.map(failureLog).join('')}
${annotations(verdicts)}
${content.comments.map(comment).join('')}
${verdicts.map(summary).join('')}
${artifactsTable(content)}
<footer>Written by the local run of tokenledger-actions.</footer>
</main></body></html>
`
}

function jobsTable(verdicts: readonly JobVerdict[]): string {
  const rows = verdicts.map((verdict, index) => {
    const { name, outcome, run } = verdict
    const link =
      run && run.summaries.length > 0
        ? `<a href="#summary-${index}">${escapeHtml(name)}</a>`
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

function summary({ name, run }: JobVerdict, index: number): string {
  if (!run || run.summaries.length === 0) return ''
  const body = renderMarkdown(run.summaries.join('\n\n'))
  return card(
    `${escapeHtml(name)} <span>summary</span>`,
    `<div class="markdown-body">${body}</div>`,
    `summary-${index}`,
  )
}

function comment(markdown: string): string {
  return card('Comment on the pull request', `<div class="markdown-body">${renderMarkdown(markdown)}</div>`)
}

function artifactsTable({ artifacts }: ReportContent): string {
  if (artifacts.length === 0) return ''
  const rows = artifacts.map(
    ({ name, size, digest }) =>
      `<tr><td>${escapeHtml(name)}</td><td class="number">${bytes(size)}</td><td><code>${escapeHtml(digest)}</code></td></tr>`,
  )
  return card(
    `Artifacts <span>${rows.length}</span>`,
    `<table class="list"><thead><tr><th>Name</th><th class="number">Size</th><th>Digest</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`,
  )
}

/** `title` is HTML. */
function card(title: string, body: string, id = ''): string {
  return `<section${id ? ` id="${id}"` : ''}><h2>${title}</h2><div class="scroll">${body}</div></section>\n`
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

/** `12.3 KB`, as GitHub counts (1 KB = 1024 bytes). */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`
}
