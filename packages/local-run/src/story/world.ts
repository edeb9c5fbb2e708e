import { cacheFolder } from '@tokenledger/kit'
import type { ResultsService } from '@tokenledger/testkit'
import { endRun, RUN_MARK } from '../act/processes.ts'
import type { CleanUp } from '../clean-up.ts'
import { type Played, play } from '../play.ts'
import type { RunFolder } from '../run-folder.ts'
import { pointLockAt } from '../services/lock-index.ts'
import { type PublishIndex, startPublishIndex } from '../services/publish-index.ts'
import { startResults } from '../services/stand-ins.ts'
import type { RunOptions } from '../session.ts'
import { publishEarlier } from './earlier-release.ts'
import { REPOSITORY, type ReleasedExample, releasedExample } from './released-example.ts'

/** What the chapters share: one GitHub with its results service, and one package index. */
export interface World extends ReleasedExample {
  readonly results: ResultsService
  readonly index: PublishIndex
  /** Plays one event of the repository as it is at a commit, a branch as `origin/main`, or a tag. */
  run(at: string, options: Pick<RunOptions, 'event' | 'inputs' | 'tag' | 'workflow' | 'job'>): Promise<Played>
}

export interface WorldOptions {
  readonly ours: string
  readonly folder: RunFolder
  readonly print: (line: string) => void
  readonly edit?: (folder: string) => void
}

/** Builds the world of a story; it ends with `cleanUp`. */
export async function openWorld(
  { ours, folder, print, edit }: WorldOptions,
  cleanUp: CleanUp,
): Promise<World> {
  const index = await startPublishIndex({ ours, cache: cacheFolder() }, cleanUp, print)
  const example = await releasedExample(
    {
      ours,
      folder: folder.folder,
      edit(source) {
        pointLockAt(source, index.origin)
        edit?.(source)
      },
    },
    cleanUp,
  )
  example.github.settings.immutableReleases = true
  const environment = { ...index.environment, [RUN_MARK]: folder.id }
  cleanUp.add(() => endRun(folder.id, undefined))
  await publishEarlier(await example.clone('v0.1.0'), { environment })
  const results = await startResults(REPOSITORY, cleanUp)
  const { env, jobs } = example.github
  const github = { repository: example.bare, environment: env, jobs }
  return {
    ...example,
    results,
    index,
    run: async (at, options) =>
      play(
        {
          ours,
          checkout: await example.clone(at),
          github,
          results,
          environment: index.environment,
          brief: true,
          print,
          ...options,
        },
        cleanUp,
      ),
  }
}
