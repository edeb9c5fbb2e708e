import { styleText } from 'node:util'
import { CleanUp, cleanUpOnSignals } from '../clean-up.ts'
import { writeStory } from '../report/story-page.ts'
import { newRunFolder } from '../run-folder.ts'
import { requireNetwork, requireTools } from '../tools/requirements.ts'
import type { Chapter, Told } from './chapter.ts'
import { bump } from './chapters/bump.ts'
import { ci } from './chapters/ci.ts'
import { merge } from './chapters/merge.ts'
import { release } from './chapters/release.ts'
import { tag } from './chapters/tag.ts'
import { storyTable } from './table.ts'
import { openWorld, type World } from './world.ts'

export interface StoryOptions {
  /** Root of this repository. */
  readonly ours: string
  /** Folder for `index.html`. */
  readonly report: string
  readonly print?: (line: string) => void
}

type Teller = { readonly title: string; readonly tell: (world: World) => Promise<Told> }

const CHAPTERS: readonly Teller[] = [
  { title: 'CI of a push to main', tell: ci },
  { title: 'Version bump by hand', tell: bump },
  { title: 'Merge of the pull request', tell: merge },
  { title: 'Tag of the merged version', tell: tag },
  { title: 'Release at the tag', tell: release },
]

/**
 * Plays the way of examples/tokenledger from a green main to a published release and returns whether every chapter ended well.
 * After one that did not, the later ones are not reached. The report tells of all of them.
 */
export async function playStory({ ours, report, print = console.log }: StoryOptions): Promise<boolean> {
  await requireTools()
  await requireNetwork()
  const cleanUp = new CleanUp()
  const releaseSignals = cleanUpOnSignals(cleanUp)
  try {
    const folder = await newRunFolder()
    cleanUp.add(() => folder.remove())
    const world = await openWorld({ ours, folder, print }, cleanUp)
    const chapters: Chapter[] = []
    for (const { title, tell } of CHAPTERS) {
      await cleanUp.stillWanted()
      const isLost = chapters.some(({ isGood }) => !isGood)
      print(styleText('bold', `\n${chapters.length + 1}. ${title}`))
      chapters.push(isLost ? notReached(title) : await told(title, world, tell))
      print(`   ${chapters.at(-1)?.result}`)
    }
    await cleanUp.stillWanted()
    print(`\n${storyTable(chapters)}\n`)
    print(`Report: ${await writeStory(report, chapters)}`)
    return chapters.every(({ isGood }) => isGood)
  } finally {
    await cleanUp.run()
    releaseSignals()
  }
}

async function told(title: string, world: World, tell: Teller['tell']): Promise<Chapter> {
  const started = Date.now()
  const result = await tell(world)
  return { title, wasReached: true, seconds: (Date.now() - started) / 1000, ...result }
}

function notReached(title: string): Chapter {
  return { title, wasReached: false, seconds: 0, isGood: false, result: 'not reached', pages: [] }
}
