import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments, USAGE } from './arguments.ts'
import { localRun } from './local-run.ts'
import { start } from './start.ts'

/** `npm run ci -- --repo PATH`: the CI of any checkout. */
const ours = fileURLToPath(new URL('../../..', import.meta.url))
// npm changes to the package's folder; paths are meant from where the user typed the command.
const from = process.env.INIT_CWD ?? process.cwd()

await start(async () => {
  const args = readArguments(process.argv.slice(2))
  if (args === 'help') {
    console.log(USAGE)
    return true
  }
  const report = args.report === undefined ? undefined : resolve(from, args.report)
  return localRun({ ...args, ours, checkout: resolve(from, args.checkout), report })
})
