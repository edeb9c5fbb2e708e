import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from './start.ts'

/** `npm run demo`: the CI of the example project, with a report to look at. */
const ours = fileURLToPath(new URL('../../..', import.meta.url))
await start(async () => ({
  ours,
  checkout: join(ours, 'examples', 'tokenledger'),
  event: 'push',
  report: join(ours, 'demo-report'),
}))
