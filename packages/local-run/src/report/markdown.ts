import { Marked } from 'marked'
import { sanitise } from './sanitise.ts'

const ALERT = /^<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*(?:<br>)?\s*/i

const marked = new Marked({
  gfm: true,
  renderer: {
    blockquote({ tokens }) {
      const body = this.parser.parse(tokens)
      const kind = ALERT.exec(body)?.[1]
      if (!kind) return `<blockquote>\n${body}</blockquote>\n`
      const title = kind[0] + kind.slice(1).toLowerCase()
      const text = body.replace(ALERT, '<p>')
      return `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${title}</p>${text}</div>\n`
    },
  },
})

/** A job summary as GitHub shows it: GitHub's Markdown, alerts, and what it allows of HTML. */
export function renderMarkdown(markdown: string): string {
  return sanitise(marked.parse(markdown, { async: false }))
}
