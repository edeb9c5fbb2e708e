import type { Edit } from './edit.ts'
import type { Line } from './lines.ts'
import { isReleaseLabel, isUnreleased } from './release-heading.ts'

export interface NewLinks {
  /** What stands in the brackets of the new heading; undefined when it has none and needs no link. */
  readonly label: string | undefined
  readonly tag: string
  readonly previousTag?: string | undefined
  /** `https://github.com/owner/name`. */
  readonly repositoryUrl?: string | undefined
}

/** `…/compare/v1.0.0...HEAD` in its parts. */
const COMPARE = /^(.*\/compare\/)(.+?)(\.{2,3})([^/]+?)$/
const OF_REPOSITORY = /^(https?:\/\/.+?)\/(?:-\/)?(?:compare|releases|tree|commits?)\//

/**
 * The edits that make the link definitions right after a release: that of Unreleased starts at the new tag, and the new one
 * comes beside it. None when the file defines no link of a release, or when there is nothing that tells the address.
 */
export function linkEdits(lines: readonly Line[], links: NewLinks, newLine: string): Edit[] {
  const definitions = lines.filter(isOfRelease)
  const unreleased = definitions.find(({ definition }) => definition && isUnreleased(definition.label))
  const isThere = definitions.some(({ definition }) => definition?.label === links.label)
  const releases = definitions.filter(line => line !== unreleased)
  const beside = unreleased ?? releases[0]
  const urls = urlsOf(unreleased, releases, links)
  if (!beside || !urls) return []
  const edits: Edit[] = []
  if (unreleased) edits.push(replaceUrl(unreleased, urls.unreleased))
  if (isThere || links.label === undefined) return edits
  const line = `[${links.label}]: ${urls.release}`
  // Some list the oldest release first.
  const isAscending =
    unreleased !== undefined && releases.length > 0 && releases.every(({ start }) => start < unreleased.start)
  if (isAscending || !unreleased)
    edits.push({ start: beside.start, end: beside.start, text: `${line}${newLine}` })
  else {
    const hasEnd = unreleased.end > unreleased.start + unreleased.text.length
    edits.push({
      start: unreleased.end,
      end: unreleased.end,
      text: hasEnd ? `${line}${newLine}` : `${newLine}${line}`,
    })
  }
  return edits
}

function isOfRelease({ definition }: Line): boolean {
  return definition !== undefined && isReleaseLabel(definition.label)
}

function replaceUrl({ text, start, definition }: Line, url: string): Edit {
  const at = start + text.lastIndexOf(definition?.url ?? '')
  return { start: at, end: at + (definition?.url.length ?? 0), text: url }
}

/** In the form that the file has; GitHub's when there is none yet. */
function urlsOf(
  unreleased: Line | undefined,
  releases: readonly Line[],
  { tag, previousTag, repositoryUrl }: NewLinks,
): { readonly unreleased: string; readonly release: string } | undefined {
  const known = [unreleased, ...releases].flatMap(line => line?.definition?.url ?? [])
  const [, path, from = '', dots = '...', to = 'HEAD'] = COMPARE.exec(unreleased?.definition?.url ?? '') ?? []
  const repository =
    repositoryUrl ?? known.map(url => OF_REPOSITORY.exec(url)?.[1]).find(url => url !== undefined)
  if (path === undefined && repository === undefined) return undefined
  const compare =
    path ??
    known.map(url => COMPARE.exec(url)?.[1]).find(found => found !== undefined) ??
    `${repository}/compare/`
  const before = previousTag ?? (path === undefined ? undefined : from)
  return {
    unreleased: `${compare}${tag}${dots}${to}`,
    release: before === undefined ? `${repository}/releases/tag/${tag}` : `${compare}${before}${dots}${tag}`,
  }
}

/** The address of a release in the form of an older one's; undefined when that shows no tag. */
export function linkLike(
  url: string,
  { tag, previousTag }: { readonly tag: string; readonly previousTag?: string | undefined },
): string | undefined {
  const [, path, , dots, to] = COMPARE.exec(url) ?? []
  if (path !== undefined && to !== undefined) return `${path}${previousTag ?? to}${dots}${tag}`
  const [, releases] = /^(.*\/releases\/tag\/)[^/]+$/.exec(url) ?? []
  return releases === undefined ? undefined : `${releases}${tag}`
}
