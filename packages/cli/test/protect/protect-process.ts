import { protect } from '../../src/protect/command.ts'

/** `protect` in the current folder, in a process of its own that a test can kill. */
process.exitCode = await protect.run(process.argv.slice(2), {
  print: () => {},
  say: () => {},
  ask: async () => false,
  cwd: process.cwd(),
  env: process.env,
})
