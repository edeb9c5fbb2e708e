import { join } from 'node:path'
import {
  type BundleRun,
  bareClone,
  type Files,
  type GitHubApi,
  type GitRepo,
  gitIn,
  gitRepo,
  type RunBundleOptions,
  runBundle,
  startGitHubApi,
  tempDir,
  writeFiles,
} from '@tokenledger/testkit'

export const REPOSITORY = 'acme/consumer'

/** TokenLedger's shape: the version is in the module, pyproject.toml says where; no configuration for bumps. */
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
  'shop/__init__.py': '"""A shop."""\n\n__version__ = "1.2.3"\n',
  'CHANGELOG.md': `# Changelog

## [Unreleased]

### Added

- Carts by hand.

## [1.2.3] - 2026-01-01

### Fixed

- A first thing.

[Unreleased]: https://github.com/${REPOSITORY}/compare/v1.2.3...HEAD
[1.2.3]: https://github.com/${REPOSITORY}/releases/tag/v1.2.3
`,
  '.github/workflows/release.yml':
    'name: release\non:\n  workflow_dispatch:\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps: []\n',
}

/** A repository on GitHub with a released version, and what has come since. */
export interface BumpJob {
  readonly origin: GitRepo
  readonly github: GitHubApi
  /** The repository behind GitHub. */
  readonly bare: string
  /** Commits to main on GitHub. */
  push(message: string, files?: Files): string
  /** Runs the built action on a fresh checkout of main, as dispatched by hand; `before` makes it the push of its head. */
  run(
    inputs?: Readonly<Record<string, string>>,
    options?: Partial<RunBundleOptions> & { readonly before?: string },
  ): Promise<BundleRun>
  /** What main, or another branch or tag, is at on GitHub. */
  at(ref: string): string
  show(ref: string, path: string): string
  /** Commits in a range. */
  count(range: string): number
  close(): Promise<void>
}

export async function bumpJob(files: Files = PROJECT): Promise<BumpJob> {
  const origin = gitRepo(files)
  origin.git('tag', '--annotate', '--message', 'v1.2.3', 'v1.2.3')
  const bare = bareClone(origin)
  const onGitHub = gitIn(bare)
  const github = await startGitHubApi({ repository: REPOSITORY, git: bare })
  const push = (message: string, changed: Files = {}) => {
    const clone = tempDir('clone-')
    const git = gitIn(clone)
    git('clone', '--quiet', bare, '.')
    writeFiles(clone, changed)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', message)
    git('push', '--quiet', 'origin', 'HEAD:main')
    return git('rev-parse', 'HEAD')
  }
  return {
    origin,
    github,
    bare,
    push,
    run: (inputs = {}, { before, ...options } = {}) => {
      const workspace = tempDir('checkout-')
      const git = gitIn(workspace)
      git('clone', '--quiet', `file://${bare}`, '.')
      const sha = git('rev-parse', 'HEAD')
      const event = join(tempDir('event-'), 'event.json')
      const payload = { repository: { default_branch: 'main' }, ...(before ? { before, after: sha } : {}) }
      writeFiles(join(event, '..'), { 'event.json': JSON.stringify(payload) })
      return runBundle('version-bump', {
        workspace,
        ...options,
        inputs: { 'github-token': 'runner-token', ...inputs },
        env: {
          ...github.env,
          GITHUB_EVENT_NAME: before ? 'push' : 'workflow_dispatch',
          GITHUB_EVENT_PATH: event,
          GITHUB_SHA: sha,
          ...options.env,
        },
      })
    },
    at: ref => onGitHub('rev-parse', `${ref}^{commit}`),
    show: (ref, path) => onGitHub('show', `${ref}:${path}`),
    count: range => Number(onGitHub('rev-list', '--count', range)),
    close: () => github.close(),
  }
}

export function errors({ annotations }: BundleRun): string[] {
  return annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
}
