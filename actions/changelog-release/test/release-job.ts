import { cpSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BundleRun,
  bareClone,
  type Files,
  type Git,
  type GitHubApi,
  gitIn,
  gitRepo,
  type RunBundleOptions,
  runBundle,
  startGitHubApi,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'
import { buildPackage } from './built-package.ts'

export const REPOSITORY = 'acme/shop'

/** TokenLedger's shape, with 1.3.0 in the tree and in the changelog. */
export const PROJECT: Files = {
  'pyproject.toml': `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "shop"
dynamic = ["version"]

[tool.hatch.version]
path = "shop/__init__.py"
`,
  'shop/__init__.py': '"""A shop."""\n\n__version__ = "1.3.0"\n',
  'CHANGELOG.md': `# Changelog

## [Unreleased]

## [1.3.0] - 2026-02-02

### Added

- Carts (#7).

## [1.2.3] - 2026-01-01

### Fixed

- A first thing.
`,
}

/** A repository on GitHub with a tag to release, and what its build has made. */
export interface ReleaseJob {
  readonly github: GitHubApi
  /** Of the repository behind GitHub. */
  readonly git: Git
  /** Folder of the built files. */
  readonly dist: string
  /** Digests of the built files, in hex. */
  readonly digests: Readonly<Record<string, string>>
  /** Commits to main on GitHub; gives its SHA. */
  push(message: string, files?: Files): string
  /** Runs the built action in a job that has checked out the tag and downloaded the build. */
  run(inputs?: Readonly<Record<string, string>>, options?: Partial<JobOptions>): Promise<BundleRun>
  close(): Promise<void>
}

export interface JobOptions extends RunBundleOptions {
  /** What is checked out (default: the tag); none for a job without a checkout. */
  readonly checkout: string
  /** The ref of the run (default: the tag's). */
  readonly ref: string
  readonly depth: number
}

export const TAG = 'v1.3.0'

export interface JobWish {
  readonly files?: Files
  readonly version?: string
  /** How the build writes the version in names of files, and in metadata. */
  readonly built?: { readonly fileVersion: string; readonly spelled: string }
}

/** 1.2.3 is tagged, and 1.3.0 after it; nothing is released. */
export async function releaseJob({
  files = PROJECT,
  version = '1.3.0',
  built = { fileVersion: version, spelled: version },
}: JobWish = {}): Promise<ReleaseJob> {
  const tag = `v${version}`
  const origin = gitRepo({ ...files, 'shop/__init__.py': '__version__ = "1.2.3"\n' })
  origin.git('tag', '--annotate', '--message', 'v1.2.3', 'v1.2.3')
  origin.commit(files, 'feat: carts (#7)')
  origin.git('tag', '--annotate', '--message', tag, tag)
  const bare = bareClone(origin)
  const git = gitIn(bare)
  const sha = git('rev-parse', `${tag}^{commit}`)
  const github = await startGitHubApi({ repository: REPOSITORY, git: bare })
  const dist = tempDir('dist-')
  const digests = buildPackage(dist, built.fileVersion, built.spelled)
  return {
    github,
    git,
    dist,
    digests,
    push(message, changed = {}) {
      const clone = tempDir('clone-')
      const local = gitIn(clone)
      local('clone', '--quiet', bare, '.')
      writeFiles(clone, changed)
      local('add', '--all')
      local('commit', '--quiet', '--allow-empty', '--message', message)
      local('push', '--quiet', 'origin', 'HEAD:main')
      return local('rev-parse', 'HEAD')
    },
    run: (inputs = {}, { checkout = tag, ref = `refs/tags/${tag}`, depth = 0, ...options } = {}) => {
      const workspace = workspaceOf(bare, checkout, depth)
      cpSync(dist, join(workspace, 'dist'), { recursive: true })
      return runBundle('changelog-release', {
        workspace,
        ...options,
        inputs: { 'github-token': 'runner-token', files: 'dist/*', ...inputs },
        env: {
          ...github.env,
          GITHUB_REPOSITORY: REPOSITORY,
          GITHUB_EVENT_NAME: 'push',
          GITHUB_REF: ref,
          GITHUB_SHA: sha,
          ...options.env,
        },
      })
    },
    close: () => github.close(),
  }
}

function workspaceOf(bare: string, checkout: string, depth: number): string {
  const workspace = tempDir('checkout-')
  if (checkout === 'none') return workspace
  const git = gitIn(workspace)
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', `file://${bare}`)
  const shallow = depth > 0 ? [`--depth=${depth}`, '--no-tags'] : ['--tags']
  git(
    'fetch',
    '--quiet',
    ...shallow,
    'origin',
    '+refs/heads/*:refs/remotes/origin/*',
    ...(depth > 0 && checkout.startsWith('v') ? [`+refs/tags/${checkout}:refs/tags/${checkout}`] : []),
  )
  git('checkout', '--quiet', '--detach', checkout)
  return workspace
}

export function errors({ annotations }: BundleRun): string[] {
  return annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
}
