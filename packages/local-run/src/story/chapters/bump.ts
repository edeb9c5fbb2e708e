import { type Told, toldRun } from '../chapter.ts'
import { pullPage } from '../pull.ts'
import type { World } from '../world.ts'

/** A person asks for a minor version; the pull request is there afterwards. */
export async function bump(world: World): Promise<Told> {
  const options = {
    event: 'workflow_dispatch',
    workflow: 'version-bump.yml',
    inputs: { part: 'minor' },
  } as const
  const played = await world.run('origin/main', options)
  const pull = world.github.pulls.at(-1)
  const told = toldRun(
    played,
    () => pull && `#${pull.number} ${pull.title} (${pull.head} → ${pull.base})`,
    'no pull request was opened',
  )
  return pull
    ? { ...told, pages: [...told.pages, { kind: 'pull', pull: await pullPage(world, pull) }] }
    : told
}
