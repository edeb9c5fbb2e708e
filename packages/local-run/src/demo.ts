import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from './start.ts'
import { playStory } from './story/story.ts'

/** `npm run demo`: the example project from a green CI to a published release, with a report to look at. */
const ours = fileURLToPath(new URL('../../..', import.meta.url))
await start(() => playStory({ ours, report: join(ours, 'demo-report') }))
