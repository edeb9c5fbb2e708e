/** A release as far as it is read here. */
export interface Release {
  readonly id: number
  /** `v1.2.3`; `untagged-…` of a draft that lost it. */
  readonly tag: string
  readonly name: string
  readonly body: string
  readonly isDraft: boolean
  readonly isPrerelease: boolean
  /** GitHub lets nobody change its assets and its tag any more. */
  readonly isImmutable: boolean
  /** Its page. */
  readonly url: string
  /** Where assets go, without `{?name,label}`. */
  readonly uploadUrl: string
  /** ISO 8601. */
  readonly createdAt: string
}

interface ReleaseData {
  readonly id: number
  readonly tag_name: string
  readonly name: string | null
  readonly body?: string | null
  readonly draft: boolean
  readonly prerelease: boolean
  /** Absent on older servers. */
  readonly immutable?: boolean
  readonly html_url: string
  readonly upload_url: string
  readonly created_at: string
}

export function asRelease(item: unknown): Release {
  const data = item as ReleaseData
  return {
    id: data.id,
    tag: data.tag_name,
    name: data.name ?? '',
    body: data.body ?? '',
    isDraft: data.draft,
    isPrerelease: data.prerelease,
    isImmutable: data.immutable ?? false,
    url: data.html_url,
    uploadUrl: data.upload_url.replace(/\{.*$/, ''),
    createdAt: data.created_at,
  }
}

/** What a release says; GitHub sets all of it with one request. */
export interface ReleaseText {
  readonly tag: string
  readonly name: string
  readonly body: string
  readonly isPrerelease: boolean
}

/**
 * The text as GitHub takes it. The tag always goes with it: a draft that is changed without it becomes `untagged-…`. Never a
 * `target_commitish`: the tag is there, and a commit that touches workflows would be refused.
 */
export function textData({ tag, name, body, isPrerelease }: ReleaseText): object {
  return { tag_name: tag, name, body, prerelease: isPrerelease }
}

/** Whether a release says this; line ends and space at the end are GitHub's. */
export function says(release: Release, wish: ReleaseText): boolean {
  return (
    release.tag === wish.tag &&
    release.name === wish.name &&
    release.isPrerelease === wish.isPrerelease &&
    plain(release.body) === plain(wish.body)
  )
}

function plain(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd()
}
