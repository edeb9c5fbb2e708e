import { escapeHtml } from './html.ts'
import { bytes, card, code, table } from './parts.ts'

/** A project's page on the package index. */
export interface IndexPage {
  readonly project: string
  /** Address of the page. */
  readonly url: string
  readonly files: readonly {
    readonly name: string
    /** Bytes. */
    readonly size: number
    /** `sha256:<hex>` of what the index serves. */
    readonly digest: string
  }[]
}

/** The files of a project that a package index serves. */
export function indexPageBody({ project, files }: IndexPage): string {
  const rows = files.map(({ name, size, digest }) => [escapeHtml(name), bytes(size), code(digest)])
  return `<div class="heading"><h3>${escapeHtml(project)}</h3>
<p>A package index of the story alone (pypiserver); the files were uploaded by twine.</p></div>
${card(`Files <span>${files.length}</span>`, table(['Name', 'Size', 'Digest'], rows, ['Size']))}`
}
