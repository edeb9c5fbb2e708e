import { ApiError } from '../api-error.ts'
import type { Pull, World } from '../world.ts'
import { latestRelease } from './latest-release.ts'

/** What a release's notes are asked for; `target` counts where the tag does not exist. */
export interface NotesRequest {
  readonly tag: string
  readonly target?: string
  readonly previousTag?: string
}

/** GitHub's own notes: the pull requests that were merged since the previous tag, and a link to compare. */
export function generatedNotes(
  world: World,
  { tag, target, previousTag }: NotesRequest,
): { name: string; body: string } {
  const { git, htmlUrl } = world
  const end = git.resolve(`refs/tags/${tag}`) ?? git.resolve(target ?? git.defaultBranch)
  if (!end) throw new ApiError(422, 'Validation Failed', [{ resource: 'Release', field: 'target_commitish' }])
  const previous = previousTag ?? latestRelease(world)?.tag
  const start = previous === undefined ? undefined : git.resolve(`refs/tags/${previous}`)
  if (previousTag !== undefined && !start) throw new ApiError(422, 'Invalid previous_tag parameter')
  const changed = mergedPulls(world, start ? `${start}..${end}` : end)
  const list = changed.map(
    ({ title, author, number }) => `* ${title} by @${author} in ${htmlUrl}/pull/${number}`,
  )
  const whole = start ? `${htmlUrl}/compare/${previous}...${tag}` : `${htmlUrl}/commits/${tag}`
  const changes = list.length > 0 ? `## What's Changed\n${list.join('\n')}\n\n` : ''
  return { name: tag, body: `${changes}**Full Changelog**: ${whole}` }
}

function mergedPulls({ git, records }: World, range: string): Pull[] {
  const commits = new Set(git.log(range).map(({ sha }) => sha))
  return records.pulls.filter(({ mergeCommit }) => mergeCommit !== undefined && commits.has(mergeCommit))
}
