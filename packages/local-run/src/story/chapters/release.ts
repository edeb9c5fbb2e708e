import type { Release } from '@tokenledger/testkit'
import type { ReleasePage } from '../../report/release-page.ts'
import { type Page, type Told, toldRun } from '../chapter.ts'
import { REPOSITORY } from '../released-example.ts'
import type { World } from '../world.ts'

const UPDATE = 'PATCH /repos/{owner}/{repo}/releases/{release_id}'

/** The run that was started at the tag: the draft, the upload to the index, and the release that is there in the end. */
export async function release(world: World): Promise<Told> {
  const { github, index } = world
  const dispatch = github.dispatches.at(-1)
  if (!dispatch) return { isGood: false, result: 'no workflow was started', pages: [] }
  const { workflow, ref } = dispatch
  const drafts = watchDrafts(world)
  const played = await world.run(ref, { event: 'workflow_dispatch', workflow, tag: ref })
  drafts.end()
  const published = github.releases.filter(({ tag, draft }) => tag === ref && !draft)
  const onIndex = await index.page('tokenledger')
  const told = toldRun(
    played,
    () => (published.length === 1 ? outcome(published[0], onIndex.files) : undefined),
    `${published.length} releases of ${ref} are published`,
  )
  const pages: Page[] = [
    ...drafts.seen().map(draft => ({ kind: 'release', release: draft }) as const),
    { kind: 'index', index: onIndex },
    ...published.map(each => ({ kind: 'release', release: pageOf(each) }) as const),
  ]
  return { ...told, pages: [...told.pages, ...pages] }
}

/** What was published; undefined when a package of the release is not the one on the index. */
function outcome(
  published: Release | undefined,
  files: readonly { name: string; digest: string }[],
): string | undefined {
  const assets = published?.assets ?? []
  const packages = assets.filter(({ name }) => /\.(whl|tar\.gz)$/.test(name))
  const isSame = packages.every(({ name, digest }) =>
    files.some(file => file.name === name && file.digest === digest),
  )
  if (!published || packages.length === 0 || !isSame) return undefined
  return `${published.tag} is published with ${assets.length} files; the index has the same packages`
}

/** The last state of each draft before an update, of which the one that publishes it is the last. */
function watchDrafts({ github }: World) {
  const seen = new Map<number, ReleasePage>()
  const end = github.onRequest(({ operation, phase }) => {
    if (phase === 'before' && operation === UPDATE)
      for (const each of github.releases.filter(({ draft }) => draft)) seen.set(each.id, pageOf(each))
    return undefined
  })
  return { end, seen: () => [...seen.values()] }
}

function pageOf(release: Release): ReleasePage {
  const { tag, draft, prerelease, latest, assets } = release
  return {
    repository: REPOSITORY,
    title: release.name ?? tag,
    tag,
    body: release.body ?? '',
    state: draft ? 'draft' : prerelease ? 'prerelease' : latest ? 'latest' : 'published',
    isImmutable: release.immutable,
    author: release.author,
    assets: assets
      .map(({ name, size, digest, state }) => ({ name, size, digest: digest ?? state }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
  }
}
