import { createHash } from 'node:crypto'
import { SUMMARY_BUDGET } from '@tokenledger/kit'
import { computedSection } from './computed-section.ts'
import type { CoverageView } from './coverage-view.ts'
import { clip, code, plain } from './escape.ts'
import { changedFilesSection, lowestFilesSection } from './file-sections.ts'
import { block, fitSections, type Section } from './fit.ts'
import { packageChart } from './package-chart.ts'
import { totalsTable } from './totals-table.ts'
import { uncoveredSection } from './uncovered-section.ts'
import { verdictLine } from './verdict-line.ts'

/** In characters; GitHub takes 65,536. */
export const COMMENT_BUDGET = 60_000

export type RenderOptions =
  /** `key` tells the comments of several reports on one pull request apart; `budget` is in characters. */
  | { readonly medium: 'comment'; readonly key: string; readonly budget?: number }
  /** `budget` is in bytes of UTF-8. */
  | { readonly medium: 'summary'; readonly budget?: number }

/**
 * The report in Markdown, within a budget of at least 2,000: rows are left out when it is short, the least important first,
 * and the verdict never. A comment begins with its marker, a summary with the verdict.
 */
export function renderReport(view: CoverageView, options: RenderOptions): string {
  const comment = options.medium === 'comment'
  const budget = options.budget ?? (comment ? COMMENT_BUDGET : SUMMARY_BUDGET)
  const size = (text: string) => (comment ? text.length : Buffer.byteLength(text))
  const marker = comment ? `${commentMarker(options.key)}\n` : ''
  const sections = sectionsOf(view, options.medium)
  const room = budget - size(marker) - 1
  const whole = fitSections(sections, room, size)
  if (!whole.shortened) return `${marker}${whole.text}\n`
  const note = block(1, shortenedText(view, comment))
  const fitted = fitSections([...sections.slice(0, -1), note, ...sections.slice(-1)], room, size)
  return `${marker}${fitted.text}\n`
}

/** First line of a comment, by which it is found again. */
export function commentMarker(key: string): string {
  const encoded = encodeURIComponent(key.toWellFormed())
  const short = encoded.length > 80 ? createHash('sha256').update(key).digest('hex') : encoded
  return `<!-- tokenledger-coverage:${short} -->`
}

function sectionsOf(view: CoverageView, medium: RenderOptions['medium']): Section[] {
  const chart = medium === 'summary' ? packageChart(view.files) : undefined
  const sections: (Section | undefined)[] = [
    block(0, verdictLine(view)),
    messages([...view.errors, ...view.verdict.failures.map(({ message }) => message)]),
    block(1, totalsTable(view)),
    uncoveredSection(view.patch, view.links),
    messages(view.warnings, '**Warnings**\n'),
    changedFilesSection(view),
    lowestFilesSection(view),
    chart === undefined ? undefined : block(8, chart),
    computedSection(view),
    block(1, footer(view)),
  ]
  return sections.filter(section => section !== undefined)
}

/** Characters of a message; the log has it whole. */
const LONGEST_MESSAGE = 600

/** Messages of one kind; a run with more of them has one cause. */
const MOST_MESSAGES = 10

/** `title` parts a list from one right before it, which Markdown would take for the same. */
function messages(texts: readonly string[], title = ''): Section | undefined {
  if (texts.length === 0) return undefined
  const more = (left: number) => `- and ${left} more; the log has them`
  const shown = texts.slice(0, MOST_MESSAGES)
  const left = texts.length - shown.length
  return {
    rank: 2,
    before: title,
    rows: shown.map(text => `- ${plain(clip(text, LONGEST_MESSAGE))}`),
    after: left > 0 ? more(left) : '',
    more,
    evenWithoutRows: true,
  }
}

function shortenedText({ links }: CoverageView, comment: boolean): string {
  const elsewhere = comment ? `[the summary](${links.runUrl}) has more` : 'the log has more'
  return `_Shortened to GitHub's limit; ${elsewhere}._`
}

function footer({ links, upload }: CoverageView): string {
  const { serverUrl, repository, testedSha, headSha, runUrl } = links
  const commit = (sha: string) => `[${code(sha.slice(0, 7))}](${serverUrl}/${repository}/commit/${sha})`
  const tested =
    testedSha === headSha ? commit(headSha) : `${commit(headSha)} merged as ${code(testedSha.slice(0, 7))}`
  const said = upload ? plain(clip(upload.text, LONGEST_MESSAGE)) : ''
  const uploaded = upload?.url ? `[${said}](${upload.url})` : said
  return `<sub>${[`[Run](${runUrl})`, tested, uploaded].filter(part => part !== '').join(' · ')}</sub>`
}
