import type { Git } from '@tokenledger/kit'
import type { EventFacts } from './event.ts'
import type { Checkout } from './find-base.ts'
import type { RemoteChanges } from './remote-changes.ts'

/**
 * The commit that is checked out. The object itself names the parents, also those that a shallow clone does not have. Without
 * a repository (actions/checkout downloads an archive where there is no git) it is the commit of the event, as the API has
 * it; `failure` when neither tells.
 */
export async function readCheckout(
  git: Git,
  event: EventFacts,
  api: RemoteChanges | undefined,
): Promise<Checkout | { readonly failure: string }> {
  const head = (await git.read('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))?.trim()
  if (head) {
    const commit = (await git.read('cat-file', '-p', head)) ?? ''
    const [headers = ''] = commit.split('\n\n', 1)
    return { head, parents: [...headers.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent) }
  }
  if (!api || !event.sha) return { failure: 'there is no git repository' }
  const parents = await api.parents(event.sha)
  return 'failure' in parents ? parents : { head: event.sha, parents }
}
