import { type Told, toldRun } from '../chapter.ts'
import type { World } from '../world.ts'

/**
 * The push that the merge was. It starts the CI once more, too; the story leaves that out, as the release runs it on the same
 * commit.
 */
export async function tag(world: World): Promise<Told> {
  const played = await world.run('origin/main', { event: 'push', workflow: 'version-bump.yml' })
  const dispatch = world.github.dispatches.at(-1)
  return toldRun(
    played,
    () => dispatch && `${dispatch.ref} is tagged, and ${dispatch.workflow} started at it`,
    'nothing was started',
  )
}
