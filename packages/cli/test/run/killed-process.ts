import { engineHome } from '../../src/run/engine-home.ts'

/** Makes a copy, and is killed where npm would install. Argument: the place as JSON. */
await engineHome(JSON.parse(process.argv[2] ?? ''), async () => {
  process.kill(process.pid, 'SIGKILL')
  return 0
})
