import { createHash } from 'node:crypto'
import { type GitHubLab, githubLab, repo } from './github-lab.ts'

type Repos = GitHubLab['octokit']['repos']
type CreatedRelease = Awaited<ReturnType<Repos['createRelease']>>['data']

/** The lab of the stand-in with short ways to draft, fill and publish a release. */
export interface ReleaseLab extends GitHubLab {
  readonly repos: Repos
  /** A draft of v2, unless `fields` says otherwise. */
  draft(fields?: object): Promise<CreatedRelease>
  publish(release: { id: number; tag_name: string }, fields?: object): ReturnType<Repos['updateRelease']>
  upload(
    release: { id: number; upload_url: string },
    name: string,
    data?: string,
  ): ReturnType<Repos['uploadReleaseAsset']>
}

export async function releaseLab(): Promise<ReleaseLab> {
  const lab = await githubLab()
  const { repos } = lab.octokit
  return {
    ...lab,
    repos,
    draft: async fields =>
      (
        await repos.createRelease({
          ...repo,
          tag_name: 'v2',
          name: 'Two',
          body: 'notes',
          draft: true,
          ...fields,
        })
      ).data,
    publish: ({ id, tag_name }, fields) =>
      repos.updateRelease({ ...repo, release_id: id, tag_name, draft: false, ...fields }),
    upload: ({ id, upload_url: url }, name, data = name) =>
      repos.uploadReleaseAsset({
        ...repo,
        release_id: id,
        url,
        name,
        data,
        headers: { 'content-type': 'application/zip' },
      }),
  }
}

export function sha256(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** What an answer of 422 has to hold. */
export function invalid(field: string, detail: object | string): object {
  const error = typeof detail === 'string' ? { code: 'custom', message: detail } : detail
  return { status: 422, response: { data: { errors: [{ field, ...error }] } } }
}
