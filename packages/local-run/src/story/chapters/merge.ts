import type { Told } from '../chapter.ts'
import { pullPage } from '../pull.ts'
import type { World } from '../world.ts'

/** A person presses the button of the pull request. */
export async function merge(world: World): Promise<Told> {
  const [pull] = world.github.pulls
  if (!pull) return { isGood: false, result: 'there is no pull request', pages: [] }
  const sha = world.github.mergePull(pull.number, 'squash')
  const page = { kind: 'pull', pull: await pullPage(world, pull) } as const
  return { isGood: true, result: `main is at ${sha.slice(0, 7)}`, pages: [page] }
}
