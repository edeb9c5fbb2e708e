import { escapeHtml } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { badge, card, code, plural } from './parts.ts'

export interface ChangedFile {
  readonly path: string
  /** Its hunks; a line begins with a blank, + or -. */
  readonly lines: readonly string[]
}

/** A pull request as its page shows it. */
export interface PullPage {
  readonly repository: string
  readonly number: number
  readonly title: string
  /** Markdown. */
  readonly body: string
  readonly base: string
  readonly head: string
  readonly labels: readonly string[]
  readonly author: string
  readonly commits: number
  readonly mergeCommit: string | undefined
  readonly files: readonly ChangedFile[]
}

/** Conversation and files of a pull request. */
export function pullPageBody(pull: PullPage): string {
  const { number, title, body, base, head, labels, author, mergeCommit } = pull
  const state = mergeCommit ? badge('Merged', 'merged') : badge('Open', 'open')
  const commits = plural(pull.commits, 'commit')
  const wish = mergeCommit
    ? `merged ${commits} into ${code(base)} from ${code(head)} as ${code(mergeCommit.slice(0, 7))}`
    : `wants to merge ${commits} into ${code(base)} from ${code(head)}`
  const who = mergeCommit ? 'A person' : escapeHtml(author)
  const names = labels.map(label => badge(label, 'label')).join(' ')
  return `<div class="heading"><h3>${escapeHtml(title)} <span>#${number}</span></h3>
<p>${state} <b>${who}</b> ${wish} ${names}</p></div>
${card(`${escapeHtml(author)} <span>wrote</span>`, `<div class="markdown-body">${renderMarkdown(body)}</div>`)}
${filesChanged(pull.files, mergeCommit === undefined)}`
}

function filesChanged(files: readonly ChangedFile[], isOpen: boolean): string {
  const sum = (sign: string) =>
    files.reduce((total, { lines }) => total + lines.filter(line => line.startsWith(sign)).length, 0)
  const title = `Files changed <span>${files.length}</span> <span class="success">+${sum('+')}</span> <span class="failure">−${sum('-')}</span>`
  return card(title, files.map(file => changedFile(file, isOpen)).join(''))
}

function changedFile({ path, lines }: ChangedFile, isOpen: boolean): string {
  const rows = lines.map(line => `<span class="${classOf(line)}">${escapeHtml(line) || ' '}</span>`)
  return `<details class="file"${isOpen ? ' open' : ''}><summary>${code(path)}</summary><pre class="diff">${rows.join('')}</pre></details>`
}

function classOf(line: string): string {
  if (line.startsWith('@@')) return 'hunk'
  return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same'
}
