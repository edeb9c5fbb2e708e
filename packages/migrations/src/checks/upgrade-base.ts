import { findBase } from '../files/base-commit.ts'
import { type ReadGit, readGitAt } from '../files/git.ts'
import { isShallow } from '../files/git-history.ts'
import { CannotRun } from './cannot-run.ts'
import type { CheckContext } from './check.ts'

export interface UpgradeBase {
  readonly commit: string
  /** `v1.2.3`, or an abbreviated commit. */
  readonly name: string
}

/**
 * Where users upgrade from: `baseRef`, else the last release that HEAD comes after, else the base of the pull request.
 * Throws CannotRun when there is none.
 */
export async function upgradeBase({ place, baseRef, env }: CheckContext): Promise<UpgradeBase> {
  const git = readGitAt(place.root)
  if (!baseRef) {
    const tag = await lastRelease(git)
    if (tag) return tag
  }
  const base = await findBase(git, baseRef ?? '', env)
  if ('commit' in base) return { commit: base.commit, name: baseRef || `commit ${base.commit.slice(0, 9)}` }
  const shallow = await isShallow(place.root)
  const remedy =
    shallow && !base.reason.includes('fetch-depth') ? '. Set fetch-depth: 0 in actions/checkout' : ''
  throw new CannotRun(`no release tag to upgrade from, and ${base.reason}${remedy}`)
}

/** The newest release among the ancestors of HEAD; a release that HEAD itself is has nothing to upgrade. */
async function lastRelease(git: ReadGit): Promise<UpgradeBase | undefined> {
  const tags = (await git('tag', '--merged', 'HEAD', '--no-contains', 'HEAD')) ?? ''
  const name = newestRelease(tags.split('\n').filter(Boolean))
  const commit = name && (await git('rev-parse', '--verify', `refs/tags/${name}^{commit}`))?.trim()
  return commit ? { commit, name } : undefined
}

/**
 * The newest of the tags that name a release: `v1.2.3`, `1.2`, `package-1.2.3`; post-releases count, pre-releases of
 * semver (`1.2.3-rc.1`) and of PEP 440 (`1.2.3rc1`, `1.2.3.dev4`) do not.
 */
export function newestRelease(tags: readonly string[]): string | undefined {
  return tags
    .flatMap(tag => {
      const [, release, post = '0'] = RELEASE.exec(tag) ?? []
      return release ? [{ tag, numbers: [...release.split('.').map(Number)], post: Number(post) }] : []
    })
    .sort((a, b) => compareNumbers(b.numbers, a.numbers) || b.post - a.post)[0]?.tag
}

const RELEASE = /^(?:.*[-/@_])?v?(\d+(?:\.\d+)+)(?:\.?post(\d+))?(?:\+[0-9A-Za-z.-]+)?$/

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
