import { escapeHtml } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { badge, bytes, card, code, table } from './parts.ts'

/** A release as its page shows it. */
export interface ReleasePage {
  readonly repository: string
  readonly title: string
  readonly tag: string
  /** Markdown. */
  readonly body: string
  readonly state: 'draft' | 'prerelease' | 'latest' | 'published'
  readonly isImmutable: boolean
  readonly author: string
  readonly assets: readonly {
    readonly name: string
    /** Bytes. */
    readonly size: number
    /** `sha256:<hex>`, or the state of an asset that has none. */
    readonly digest: string
  }[]
}

const BADGES = {
  draft: badge('Draft', 'draft'),
  prerelease: badge('Pre-release', 'draft'),
  latest: badge('Latest', 'open'),
  published: '',
} as const

/** Title, notes and files of a release. */
export function releasePageBody({
  title,
  tag,
  body,
  state,
  isImmutable,
  author,
  assets,
}: ReleasePage): string {
  const frozen = isImmutable ? ` ${badge('Immutable', 'label')}` : ''
  const rows = assets.map(({ name, size, digest }) => [escapeHtml(name), bytes(size), code(digest)])
  return `<div class="heading"><h3>${escapeHtml(title)} ${BADGES[state]}${frozen}</h3>
<p><b>${escapeHtml(author)}</b> ${state === 'draft' ? 'drafted' : 'released'} this at tag ${code(tag)}</p></div>
${card('Notes', `<div class="markdown-body">${renderMarkdown(body)}</div>`)}
${card(`Assets <span>${assets.length}</span>`, table(['Name', 'Size', 'Digest'], rows, ['Size']))}`
}
