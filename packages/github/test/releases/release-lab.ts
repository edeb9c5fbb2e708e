import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  bareClone,
  type GitHubApi,
  gitRepo,
  type RepositorySettings,
  removeDir,
  startGitHubApi,
  tempDir,
} from '@tokenledger/testkit'
import {
  type DraftWish,
  ensureDraft,
  type GitHubClient,
  githubClient,
  type LocalFile,
  publishRelease,
  uploadAssets,
  verifyAssets,
} from '../../src/index.ts'

export const repository = 'acme/consumer'
export const MARKER = '<!-- release of v1.2.3 -->'
export const TEXT = {
  tag: 'v1.2.3',
  name: '1.2.3',
  body: `notes\n\n${MARKER}`,
  isPrerelease: false,
}
export const WISH: DraftWish = { ...TEXT, repository, marker: MARKER }

/** A repository with the tag v1.2.3 on the stand-in, files, and a client that does not wait long. */
export interface ReleaseLab {
  readonly github: GitHubApi
  readonly client: GitHubClient
  /** Writes a file and measures it; `name` may differ from that on disk. */
  file(name: string, content: string | Buffer): LocalFile
  /** All of a release, as the action does it. */
  release(files: readonly LocalFile[]): Promise<void>
  /** The calls that were made since the last look, such as `POST /releases`. */
  calls(): string[]
  close(): Promise<void>
}

/** All labs of a test file have it in common: releases do not touch the tags that are there. */
let bare: string | undefined

function bareRepository(): string {
  const source = gitRepo({ 'README.md': '# one\n' })
  source.git('tag', 'v1.2.2')
  source.commit({ 'README.md': '# two\n' })
  source.git('tag', 'v1.2.3')
  return bareClone(source)
}

export async function releaseLab(settings: Partial<RepositorySettings> = {}): Promise<ReleaseLab> {
  bare ??= bareRepository()
  const github = await startGitHubApi({ repository, git: bare, settings })
  const client = githubClient({ token: 't', apiUrl: github.url, waits: [1, 1, 1], errorPrefix: 'RELEASE' })
  const folder = tempDir('release-')
  let seen = 0
  let files = 0
  return {
    github,
    client,
    file(name, content) {
      const path = join(folder, `${files++}-${basename(name)}`)
      writeFileSync(path, content)
      return { path, name, size: Buffer.byteLength(content), digest: sha256(content) }
    },
    async release(files) {
      const { kind, release } = await ensureDraft(client, WISH)
      const expected = { repository, releaseId: release.id, expected: files }
      if (kind === 'published') return void (await verifyAssets(client, expected))
      await uploadAssets(client, { repository, release, files, onConflict: 'replace' })
      await verifyAssets(client, expected)
      await publishRelease(client, { ...TEXT, repository, release, makeLatest: true })
    },
    calls() {
      const recent = github.requests.slice(seen)
      seen = github.requests.length
      return recent.map(
        ({ method, path }) => `${method} ${path.replace(/^(\/uploads)?\/repos\/acme\/consumer/, '')}`,
      )
    },
    async close() {
      await github.close()
      removeDir(folder)
    },
  }
}

export function sha256(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** What a person reads when it fails. */
export async function problem(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no problem',
    (error: Error) => `${error.name === 'UserError' ? '' : `${error.name} `}${error.message}`,
  )
}
