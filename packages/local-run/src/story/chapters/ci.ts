import { type Told, toldRun } from '../chapter.ts'
import type { World } from '../world.ts'

/** The CI of main as it is before anybody thinks of a release. */
export async function ci(world: World): Promise<Told> {
  const played = await world.run('origin/main', { event: 'push', workflow: 'ci.yml' })
  const ran = played.verdicts.filter(({ outcome }) => outcome.kind !== 'skipped').length
  return toldRun(played, () => `${ran} jobs passed`, '')
}
