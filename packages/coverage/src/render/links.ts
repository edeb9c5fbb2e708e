import { createHash } from 'node:crypto'
import type { Links } from './coverage-view.ts'
import type { UncoveredRange } from './uncovered.ts'

/**
 * Where a range is seen: among the changes of the pull request in head lines, else in the file as it was tested. GitHub's anchor
 * of a changed file is the SHA-256 of its path, `R` the right side.
 */
export function rangeUrl(links: Links, path: string, { from, to, head }: UncoveredRange): string {
  if (links.pull === undefined || !head)
    return `${blobUrl(links, links.testedSha, path)}#L${from}${to > from ? `-L${to}` : ''}`
  const anchor = createHash('sha256').update(path).digest('hex')
  const lines = head.to > head.from ? `R${head.from}-R${head.to}` : `R${head.from}`
  return `${pullUrl(links, links.pull)}/files#diff-${anchor}${lines}`
}

/** The file as it was pushed; the merge that was tested is gone once the pull request is merged. */
export function fileUrl(links: Links, path: string): string {
  return blobUrl(links, links.headSha, path)
}

function blobUrl({ serverUrl, repository }: Links, sha: string, path: string): string {
  return `${serverUrl}/${repository}/blob/${sha}/${encodedPath(path)}`
}

function pullUrl({ serverUrl, repository }: Links, pull: number): string {
  return `${serverUrl}/${repository}/pull/${pull}`
}

/** For the destination of a Markdown link, where a parenthesis would end it. */
function encodedPath(path: string): string {
  return encodeURIComponent(path.toWellFormed())
    .replaceAll('%2F', '/')
    .replace(/[()'!*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
