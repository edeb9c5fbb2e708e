import process from 'node:process'

/**
 * `npm run bench -- <name> [arguments]`: runs `bench/<name>.ts`, which prints what it measured beside its targets.
 * Exit code 1 when a target is missed, 2 for a call that it does not understand.
 */
const benches = {
  bump: () => import('./bench/bump.ts'),
  coverage: () => import('./bench/coverage.ts'),
  migrations: () => import('./bench/migrations.ts'),
  notes: () => import('./bench/notes.ts'),
  release: () => import('./bench/release.ts'),
  setup: () => import('./bench/setup.ts'),
}

const [name = '', ...args] = process.argv.slice(2)
if (name in benches) {
  const { bench } = await benches[name as keyof typeof benches]()
  process.exitCode = await bench(args)
} else {
  console.error(`There is no bench "${name}"; there are: ${Object.keys(benches).join(', ')}.`)
  process.exitCode = 2
}
