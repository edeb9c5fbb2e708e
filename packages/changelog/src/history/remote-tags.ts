import type { Git } from '@tokenledger/kit'
import type { Tag } from './tag.ts'

/**
 * The tags of the remote that the checkout came from, without fetching any of them; `failure` in a few words when it cannot
 * be asked. The ancestry is for {@link withAncestry} to say.
 */
export async function remoteTags(
  git: Git,
): Promise<readonly Omit<Tag, 'isAncestor'>[] | { failure: string }> {
  const listed = await git.fetch('ls-remote', '--quiet', '--tags', 'origin')
  if ('failure' in listed) return listed
  const commits = new Map<string, string>()
  // `refs/tags/v1^{}` comes after `refs/tags/v1` and says what an annotated tag leads to (git-ls-remote).
  for (const [, hash = '', tag = ''] of listed.output.matchAll(
    /^([0-9a-f]+)\trefs\/tags\/(.+?)(?:\^\{\})?$/gm,
  )) {
    commits.set(tag, hash)
  }
  return [...commits].map(([tag, commit]) => ({ tag, commit }))
}

/** The same tags with their ancestry, as far as the commits in the clone tell it. */
export async function withAncestry(git: Git, tags: readonly Omit<Tag, 'isAncestor'>[]): Promise<Tag[]> {
  const history = new Set((await git.read('rev-list', 'HEAD'))?.split('\n'))
  return tags.map(tag => ({ ...tag, isAncestor: history.has(tag.commit) }))
}
